using System.Text;

namespace Siamese.Backbones;

/// <summary>An input of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ElementType">The format's number of its type; 1 for single-precision floats.</param>
/// <param name="Sizes">Its dimensions; 0 for one that is not fixed.</param>
internal sealed record OnnxValue(string Name, int ElementType, long[] Sizes)
{
    private const int ValueName = 1, ValueType = 2, TensorType = 1, ElementTypeOf = 1, ShapeOf = 2, Dimension = 1, DimensionValue = 1;

    public static OnnxValue Read(byte[] bytes, WireField value)
    {
        var (name, type, sizes) = ("", 0, new List<long>());
        foreach (var field in Fields(value))
        {
            if (field.Number == ValueName)
                name = Encoding.UTF8.GetString(bytes, field.Start, field.Length);
            if (field.Number != ValueType)
                continue;
            foreach (var part in Fields(field).Where(part => part.Number == TensorType).SelectMany(Fields))
            {
                if (part.Number == ElementTypeOf)
                    type = (int)part.Value;
                if (part.Number == ShapeOf)
                    sizes.AddRange(Fields(part).Where(size => size.Number == Dimension).Select(size => (long)Fields(size).FirstOrDefault(of => of.Number == DimensionValue).Value));
            }
        }

        return new(name, type, [.. sizes]);

        IEnumerable<WireField> Fields(WireField message) => WireField.Of(bytes, message.Start, message.Length);
    }
}
