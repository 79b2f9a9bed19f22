using Siamese.Bench.Reports;
using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Networks.Layers;
using Siamese.Model.Sampling;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Bench.Train;

/// <summary>
/// Training on the article's exact task, one libtorch thread: its network with response normalisation and dropout,
/// embeddings of width 2, contrastive loss on listed pairs of real images. Then the other encoders.
/// </summary>
internal static class TrainBench
{
    private const int Rounds = 5;

    /// <summary>Matrix products per measurement.</summary>
    private const int Products = 12;

    /// <summary>Arithmetic per pair, forward and backward, without an input gradient for the first convolution.</summary>
    private const double GflopPerPair = 0.016;

    /// <summary>Batches per measurement, chosen so that each side and size takes about the same time.</summary>
    private static readonly (int BatchSize, int Naive, int Ours)[] _sizes = [(16, 20, 100), (64, 6, 30), (256, 2, 8)];

    public static IEnumerable<Figure> Run(BenchOptions options)
    {
        set_num_threads(1);
        // As a silo does. What trains in this process for comparison profits too.
        FreedMemory.Keep();
        var data = DataSets.Open(new DataSource(), ImageShape.Digits, CancellationToken.None);
        using var peer = options.Peer is { } folder ? PeerTraining.In(folder) : null;
        foreach (var (batchSize, naive, ours) in options.Size(_sizes, smoke: [(16, 1, 1), (64, 1, 1), (256, 1, 1)]))
        {
            foreach (var figure in PairsPerSecond(options, data.Training, batchSize, naive, ours, peer))
                yield return figure;
        }

        if (peer is null)
            Console.Error.WriteLine("train: skipped PyTorch; to include it, install torch for Debian's Python and give --peer a folder with torch_seed.py");
        foreach (var figure in EncoderRates.Measure(options, data.Training))
            yield return figure;
        yield return TwoTrials.Measure(options, data.Training);
        yield return CheckpointCost.Measure(options, data);
        foreach (var figure in TimeToEer.Measure(options, data))
            yield return figure;
    }

    private static IEnumerable<Figure> PairsPerSecond(BenchOptions options, DataSplit training, int batchSize, int naiveBatches, int ourBatches, PeerTraining? peer)
    {
        Console.Error.WriteLine($"train: batches of {batchSize}");
        var list = PairList.Draw(training, batchSize * naiveBatches, balance: 0.5, new Random(1));
        using var naive = new NaiveTraining(training.Images, list, batchSize);
        using var ours = new OurTraining(training, batchSize, ourBatches, seed: 1);
        using var gemm = new GemmRate(options.Size(Products, smoke: 1));
        List<Func<double>> sides =
        [
            () => Alternation.Rate(list.Length, naive.RunEpoch),
            () => Alternation.Rate(ourBatches * batchSize, ours.RunEpoch),
            gemm.Measure,
        ];
        if (WideProduct.IsFast)
            sides.Add(gemm.MeasureWide);
        if (peer is not null)
            sides.Add(() => peer.PairsPerSecond(batchSize, list.Length));

        var rates = Alternation.Rates(options.Size(Rounds, smoke: 1), [.. sides]);
        yield return Figure.Of($"train.naive.b{batchSize}", "pairs/s", rates[0]);
        yield return Figure.Of($"train.ours.b{batchSize}", "pairs/s", rates[1]);
        yield return Figure.Ratio($"train.vs_naive.b{batchSize}", rates[1], rates[0]);
        if (peer is not null)
        {
            yield return Figure.Of($"train.pytorch.b{batchSize}", "pairs/s", rates[^1]);
            yield return Figure.Ratio($"train.vs_pytorch.b{batchSize}", rates[1], rates[^1]);
        }

        if (batchSize != 64)
            yield break;
        var reached = Array.ConvertAll(rates[1], pairs => pairs * GflopPerPair);
        yield return Figure.Of("train.gemm", "GFLOP/s", rates[2]);
        yield return Figure.Ratio("train.share_of_gemm", reached, rates[2]);
        if (!WideProduct.IsFast)
            yield break;
        yield return Figure.Of("train.gemm_wide", "GFLOP/s", rates[3]);
        yield return Figure.Ratio("train.share_of_gemm_wide", reached, rates[3]);
    }
}
