using Siamese.Contracts.Data;
using Siamese.Model.Data.Inputs;

namespace Siamese.Model.Data.Vectors;

/// <summary>Vectors as an encoder takes them: D single-precision floats, little-endian.</summary>
/// <param name="Width">D, from 1; 0 for the width that the data has.</param>
public record VectorShape(int Width) : InputShape
{
    /// <summary>Largest D: more than the features of any common network, and a bound for what a header may claim.</summary>
    public const int MostNumbers = 65_536;

    /// <summary>Vectors of the width that the data has.</summary>
    public static readonly VectorShape Any = new(0);

    public override InputKinds Kind => InputKinds.Vectors;

    /// <summary>4·D.</summary>
    public override int Bytes => sizeof(float) * Width;

    /// <summary>As in `512 numbers`.</summary>
    public override string ToString() => FormattableString.Invariant($"{Width} numbers");
}
