using Siamese.Bench.Reports;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Proposers;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Intervals;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Losses;
using Siamese.Model.Miners;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Bench.Losses;

/// <summary>
/// Every loss with every mining method, with defaults, on `mnist-mini`: the validation and test EER of one member over three
/// seeds, and the median member's bootstrap interval over test images. Test images are used only for reporting.
/// </summary>
internal static class LossesBench
{
    private static readonly int[] _seeds = [1, 2, 3];

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var data = DataSets.Open(new DataSource(), ImageShape.Digits, CancellationToken.None);
        // Measuring on all images takes longer than the few steps of training.
        DataSplit Some(DataSplit split) => new(split.Images.Select([.. Enumerable.Range(0, options.Size(split.Images.Count, smoke: 200))]));
        data = data with { Validation = Some(data.Validation), Test = Some(data.Test) };
        foreach (var kind in LossKind.All)
        {
            foreach (var mining in kind.Form is LossForm.Batch ? ["all"] : Miner.All.Select(miner => miner.Name).Prepend("all"))
            {
                var name = kind.Form is LossForm.Batch ? $"losses.{kind.Name}" : $"losses.{kind.Name}.{mining}";
                Console.Error.WriteLine(name);
                var space = kind.Form is LossForm.Batch ? SearchSpace.Of(("loss", [kind.Name])) : SearchSpace.Of(("loss", [kind.Name]), ("mining", [mining]));
                var point = GridSearch.Expand(space).Points.Single();
                foreach (var figure in await Measure(name, options.Size(point), data, _seeds[..options.Size(_seeds.Length, smoke: 1)]))
                    yield return figure;
            }
        }
    }

    private static async Task<Figure[]> Measure(string name, Hyperparameters point, DataSet data, int[] seeds)
    {
        var gate = new SemaphoreSlim(Environment.ProcessorCount);
        var members = await Task.WhenAll(seeds.Select(async seed =>
        {
            await gate.WaitAsync();
            try
            {
                return await Task.Factory.StartNew(() => Train(point, data, seed), TaskCreationOptions.LongRunning);
            }
            finally
            {
                gate.Release();
            }
        }));
        var median = members.OrderBy(member => member.TestEer).ElementAt(members.Length / 2);
        return
        [
            Figure.Of($"{name}.validation_eer", "EER", members.Select(member => member.ValidationEer)),
            Figure.Of($"{name}.test_eer", "EER", members.Select(member => member.TestEer)),
            new Figure($"{name}.test_eer.interval", median.TestEer, "EER, 95 %", median.Interval.Low, median.Interval.High),
            Figure.Of($"{name}.seconds", "s", members.Select(member => member.Seconds)),
        ];
    }

    private static Member Train(Hyperparameters point, DataSet data, int seed)
    {
        var (_, outcome) = Trained.Train(point, data, seed);
        using var encoder = Encoders.Create(point);
        ModuleWeights.Load(encoder, outcome.Weights ?? throw new InvalidOperationException(outcome.Result.Reason));
        var pairs = EvaluationPairs.Of(data.Test);
        var distances = PairDistances.Measure(Embedding.Of(encoder, data.Test.Images), encoder.EmbeddingSize, pairs, Distance.Of(point));
        return new Member(
            outcome.Result.Validation!.Eer,
            RocCurve.Of(distances, pairs).EqualErrorRate,
            ImageBootstrap.OfEer(distances, pairs, data.Test.Images.Count),
            outcome.Result.Seconds);
    }

    private sealed record Member(double ValidationEer, double TestEer, Interval Interval, double Seconds);
}
