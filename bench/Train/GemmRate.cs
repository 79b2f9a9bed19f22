using System.Runtime.InteropServices;
using Siamese.Model.Networks.Layers;
using static TorchSharp.torch;

namespace Siamese.Bench.Train;

/// <summary>
/// How fast one core multiplies two square matrices of a suitable size, in GFLOP/s: with libtorch, which uses only 256-bit
/// vectors on AMD processors, and with our own product in 512-bit vectors. The machine's limit is above both.
/// </summary>
/// <param name="products">Number of products per measurement.</param>
internal sealed class GemmRate(int products) : IDisposable
{
    private const int Side = 1024;

    private readonly Tensor _a = rand(Side, Side);
    private readonly Tensor _b = rand(Side, Side);
    private readonly float[] _c = new float[Side * Side];

    /// <summary>The rate of libtorch.</summary>
    public double Measure() => Rate(() => _a.mm(_b).Dispose());

    /// <summary>The rate of ours on the same matrices, the first transposed. Only meaningful if <see cref="WideProduct.IsFast"/>.</summary>
    public double MeasureWide() => Rate(() =>
        WideProduct.AddTransposed(MemoryMarshal.Cast<byte, float>(_a.bytes), MemoryMarshal.Cast<byte, float>(_b.bytes), _c, Side, Side));

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    private double Rate(Action multiply) => Alternation.Rate(2.0 * Side * Side * Side * products / 1e9, () =>
    {
        for (var i = 0; i < products; i++)
            multiply();
    });
}
