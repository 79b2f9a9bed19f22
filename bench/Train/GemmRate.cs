using System.Runtime.InteropServices;
using Siamese.Model.Networks;
using static TorchSharp.torch;

namespace Siamese.Bench.Train;

/// <summary>
/// How fast one core multiplies two square matrices of a size that suits it, in GFLOP/s: by the library, which stays at
/// 256-bit vectors on AMD's processors, and by our product in 512-bit vectors. The machine's own limit is above both.
/// </summary>
internal sealed class GemmRate : IDisposable
{
    private const int Side = 1024;
    private const int Products = 12;

    private readonly Tensor _a = rand(Side, Side);
    private readonly Tensor _b = rand(Side, Side);
    private readonly float[] _c = new float[Side * Side];

    /// <summary>The library's.</summary>
    public double Measure() => Rate(() => _a.mm(_b).Dispose());

    /// <summary>Ours, of the same matrices, the first transposed. Only worth asking where <see cref="WideProduct.IsFast"/>.</summary>
    public double MeasureWide() => Rate(() =>
        WideProduct.AddTransposed(MemoryMarshal.Cast<byte, float>(_a.bytes), MemoryMarshal.Cast<byte, float>(_b.bytes), _c, Side, Side));

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    private static double Rate(Action multiply) => Alternation.Rate(2.0 * Side * Side * Side * Products / 1e9, () =>
    {
        for (var i = 0; i < Products; i++)
            multiply();
    });
}
