namespace Siamese.Model.Checkpoints;

/// <summary>What a file's header says of a tensor.</summary>
/// <param name="Type">Its dtype, as `F32`.</param>
/// <param name="Shape">Its shape; empty for a single number.</param>
public sealed record TensorShape(string Type, long[] Shape)
{
    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";
}
