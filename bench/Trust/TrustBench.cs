using Siamese.Bench.Reports;
using Siamese.Contracts.Data;
using Siamese.Grains.Forming;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Ensembles;

namespace Siamese.Bench.Trust;

/// <summary>
/// Whether an ensemble's claims about itself hold on images that nothing was trained on: the interval of a false accept rate
/// of at most 1 % over 200 resamples of MNIST, and the novelty check on images of another kind.
/// </summary>
internal static class TrustBench
{
    private const int Resamples = 200;
    private const int Shown = 2000;
    private const double Novelty = 0.02;

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var mnist = options.Mnist!;
        var data = DataSets.Open(new DataSource(), ImageShape.Digits, CancellationToken.None);
        Console.Error.WriteLine("trust: training");
        var ensemble = await TrustedEnsemble.Train(data, options);

        Console.Error.WriteLine("trust.far");
        var intervals = new FarInterval(ensemble, Others(Open(mnist).Training.Images, data));
        var resamples = new FarInterval.Resample[options.Size(Resamples, smoke: 2)];
        Parallel.For(0, resamples.Length, i => resamples[i] = intervals.Draw(i + 1));
        yield return Figure.Of("trust.far.held", "share", [resamples.Average(resample => resample.Holds ? 1.0 : 0)]);
        yield return Figure.Of("trust.far.width", "ratio", resamples.Select(resample => resample.Width));
        yield return Figure.Of("trust.far.rate", "FAR", resamples.Select(resample => resample.Far));

        Console.Error.WriteLine("trust.novel");
        var references = ensemble.References();
        yield return Novel("trust.novel.own", ensemble, references, Open(mnist).Test.Images);
        if (options.Strangers is { } strangers)
            yield return Novel("trust.novel.strangers", ensemble, references, Open(strangers).Test.Images);
    }

    private static DataSet Open(DirectoryInfo folder) =>
        DataSets.Open(new DataSource { Path = folder.FullName }, ImageShape.Digits, CancellationToken.None);

    /// <summary>Images that were not used to train or select members.</summary>
    private static ImageSet Others(ImageSet images, DataSet known)
    {
        var seen = new[] { known.Training, known.Validation }
            .SelectMany(split => Enumerable.Range(0, split.Images.Count).Select(i => Convert.ToHexString(split.Images[i])))
            .ToHashSet(StringComparer.Ordinal);
        return images.Select([.. Enumerable.Range(0, images.Count).Where(i => !seen.Contains(Convert.ToHexString(images[i])))]);
    }

    /// <summary>The share of images that the novelty check flags.</summary>
    private static Figure Novel(string name, TrustedEnsemble ensemble, StoredReferences stored, ImageSet all)
    {
        var images = all.Select([.. Enumerable.Range(0, Math.Min(Shown, all.Count))]);
        var embeddings = ensemble.Embed(images);
        var references = References.Of(ensemble.Ensemble, ensemble.Ensemble.Members.Select(member => stored.Embeddings[member.Trial]));
        var novel = Enumerable.Range(0, images.Count).AsParallel().Count(i => stored.Share(references.Nearest(embeddings, i), images[i]) <= Novelty);
        return Figure.Of(name, "share", [(double)novel / images.Count]);
    }
}
