namespace Siamese.Contracts.Tensors;

/// <summary>A tensor as stored in a file: a name, a shape and numbers row by row, either F32 or I64.</summary>
public sealed class NamedTensor
{
    private readonly float[]? _values;
    private readonly long[]? _integers;

    /// <param name="name">Its name, such as `conv1.weight`.</param>
    /// <param name="shape">Its shape; empty for a single number.</param>
    /// <param name="values">The F32 numbers, one for each element of the shape.</param>
    /// <exception cref="ArgumentException">The shape and the number of values do not match.</exception>
    public NamedTensor(string name, long[] shape, float[] values) : this(name, shape, values.Length) => _values = values;

    /// <param name="name">Its name, such as `bn1.num_batches_tracked`.</param>
    /// <param name="shape">Its shape; empty for a single number.</param>
    /// <param name="integers">The I64 numbers, one for each element of the shape.</param>
    /// <exception cref="ArgumentException">The shape and the number of values do not match.</exception>
    public NamedTensor(string name, long[] shape, long[] integers) : this(name, shape, integers.Length) => _integers = integers;

    private NamedTensor(string name, long[] shape, int count)
    {
        if (shape.Any(size => size < 0) || Places(shape) != count)
            throw new ArgumentException($"{count} numbers do not match the shape [{string.Join(", ", shape)}] of `{name}`.", nameof(shape));
        (Name, Shape) = (name, shape);
    }

    public string Name { get; }

    public IReadOnlyList<long> Shape { get; }

    /// <summary>Whether its numbers are I64 rather than F32.</summary>
    public bool IsInteger => _integers is not null;

    /// <summary>The F32 numbers; do not modify.</summary>
    /// <exception cref="InvalidOperationException">The numbers are I64.</exception>
    public float[] Values => _values ?? throw new InvalidOperationException($"`{Name}` holds I64, not F32.");

    /// <summary>The same numbers under another name.</summary>
    public NamedTensor As(string name) => _values is not null ? new(name, [.. Shape], _values) : new(name, [.. Shape], Integers);

    /// <summary>Number of elements in a shape, at most the largest long.</summary>
    internal static Int128 Places(IEnumerable<long> shape) =>
        shape.Aggregate(Int128.One, (product, size) => Int128.Min(product * size, long.MaxValue));

    /// <summary>The I64 numbers; do not modify.</summary>
    /// <exception cref="InvalidOperationException">The numbers are F32.</exception>
    public long[] Integers => _integers ?? throw new InvalidOperationException($"`{Name}` holds F32, not I64.");
}
