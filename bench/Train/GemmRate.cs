using static TorchSharp.torch;

namespace Siamese.Bench.Train;

/// <summary>The machine's limit: how fast one core multiplies two square matrices of a size that suits it.</summary>
internal sealed class GemmRate : IDisposable
{
    private const int Side = 1024;
    private const int Products = 12;

    private readonly Tensor _a = rand(Side, Side);
    private readonly Tensor _b = rand(Side, Side);

    /// <summary>GFLOP/s.</summary>
    public double Measure() => Alternation.Rate(2.0 * Side * Side * Side * Products / 1e9, () =>
    {
        for (var i = 0; i < Products; i++)
            _a.mm(_b).Dispose();
    });

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }
}
