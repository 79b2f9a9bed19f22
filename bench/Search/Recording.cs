using Siamese.Bench.Reports;
using Siamese.Contracts.Data;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Proposers;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;

namespace Siamese.Bench.Search;

/// <summary>
/// Makes the table: points drawn at random, each trained with two seeds on `mnist-mini`, one trial per core. Trials already
/// in the table are not trained again. Test images are never used.
/// </summary>
internal static class Recording
{
    private const int Points = 220;

    private static readonly int[] _seeds = [1, 2];

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var data = DataSets.Open(new DataSource(), ImageShape.Digits, CancellationToken.None);
        // The shortest form leaves the real table alone.
        var file = options.Size(RecordedTable.File, smoke: Path.Combine(Path.GetTempPath(), $"siamese-bench-{Guid.NewGuid():N}.csv"));
        var space = new SweepRequest { Space = RecordedTable.Space, Search = SearchKind.Random, Points = options.Size(Points, smoke: 1) };
        var points = SpaceSearch.Expand(space).Points.Select(options.Size);
        var known = RecordedTable.Read(file).Select(trial => (trial.Point, trial.Seed)).ToHashSet();
        var open = points.SelectMany(point => _seeds.Select(seed => (point, seed))).Where(trial => !known.Contains(trial)).ToArray();
        var gate = new Lock();
        await Parallel.ForEachAsync(open, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (trial, _) =>
        {
            var recorded = await Task.Factory.StartNew(() => Train(trial.point, trial.seed, data), TaskCreationOptions.LongRunning);
            lock (gate)
            {
                RecordedTable.Append(file, recorded);
                Console.Error.WriteLine($"{trial.point.Loss} seed {trial.seed}: {recorded.Eers[^1]:0.0000} in {recorded.Seconds:0.0} s");
            }
        });
        yield return Figure.Of("record.trials", "trials", [RecordedTable.Read(file).Count]);
        if (options.IsSmoke)
            File.Delete(file);
    }

    private static RecordedTrial Train(Hyperparameters point, int seed, DataSet data)
    {
        var result = Trained.Train(point, data, seed).Outcome.Result;
        // A trial that diverged is as good as chance from then on.
        return new RecordedTrial(point, seed, result.Seconds, [.. result.Epochs.Select(epoch => epoch.ValidationEer), .. Enumerable.Repeat(0.5, point.Epochs - result.Epochs.Length)]);
    }
}
