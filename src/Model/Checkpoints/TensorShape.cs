namespace Siamese.Model.Checkpoints;

/// <summary>A tensor's entry in a file's header.</summary>
/// <param name="Type">Its dtype, such as `F32`.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
public sealed record TensorShape(string Type, long[] Shape)
{
    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";
}
