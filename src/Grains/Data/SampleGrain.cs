using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Tensors;
using Siamese.Grains.Threads;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;

namespace Siamese.Grains.Data;

/// <inheritdoc cref="ISampleGrain"/>
[StatelessWorker]
internal sealed class SampleGrain(DataLibrary library) : Grain, ISampleGrain
{
    /// <summary>Images of a class that follow each other, so that even a few images contain *same* and *different* pairs.</summary>
    private const int InARow = 2;

    /// <summary>Longest side of an image to be looked at.</summary>
    private const int LongestSide = 256;

    /// <summary>Bytes that all images of a data set may take while some are picked out. Images of more are scaled down, but not below 28×28 pixels.</summary>
    private const double MaximumBytes = 256 << 20;

    /// <summary>Size at which pen strokes and vectors are drawn to be looked at.</summary>
    private static readonly ImageShape _drawn = new(105, 105);

    public async Task<ImmutableArray<Sample>> Draw(DataSource source, int count, int seed, CancellationToken cancellation)
    {
        source.Check();
        var data = await HereOnly.Read(library.Open(source, ImageShape.Digits, cancellation));
        if (count > data.Test.Images.Count)
            throw new BadInputException($"{data.Name} has {data.Test.Images.Count} test images, fewer than {count}; ask for fewer.");
        var images = (await ToLookAt(source, data.Fingerprint, cancellation)).Test.Images;
        var strokes = await Strokes(source, data, cancellation);
        return [.. EvenDraw.Of(data.Test.Images.Labels, count, InARow, new Random(seed)).Select(index => ToSample(data, images, strokes, index))];
    }

    public async Task<ImmutableArray<SamplePair>> Show(
        DataSource source, string fingerprint, ImmutableArray<PairOfImages> pairs, CancellationToken cancellation)
    {
        source.Check();
        var data = await ToLookAt(source, fingerprint, cancellation);
        var images = data.Test.Images;
        if (pairs.Any(pair => Math.Min(pair.First, pair.Second) < 0 || Math.Max(pair.First, pair.Second) >= images.Count))
            throw new BadInputException($"{data.Name} has {images.Count} test images; a pair names an image outside that range.");
        var strokes = await Strokes(source, data, cancellation);
        return [.. pairs.Select(pair => new SamplePair(LabelOf(data, pair.First), LabelOf(data, pair.Second), Beside(pair)) { Samples = [.. new[] { pair.First, pair.Second }.Select(index => ToSample(data, images, strokes, index))] })];

        ImmutableArray<byte> Beside(PairOfImages pair)
        {
            ReadOnlySpan<byte> first = images[pair.First], second = images[pair.Second];
            return AsImmutable(ItemPicture.PngBeside(first, second, images.Shape, _drawn));
        }
    }

    /// <summary>The test images as pen strokes; null if they are not there as both.</summary>
    private async Task<ImageSet?> Strokes(DataSource source, DataSet data, CancellationToken cancellation) =>
        data.Kinds is InputKinds.Both ? (await HereOnly.Read(OwnThread.Run(() => library.Get(source, StrokeShape.Usual, data.Fingerprint), cancellation))).Test.Images : null;

    private static Sample ToSample(DataSet data, ImageSet images, ImageSet? strokes, int index)
    {
        var (label, picture) = (LabelOf(data, index), DataLook.Png(images, images[index], _drawn));
        return images.Shape switch
        {
            StrokeShape => new Sample(label, index, AsImmutable(StrokePicture.ToCsv(images[index]))) { Extension = ".csv", Picture = picture },
            VectorShape => new Sample(label, index, AsImmutable(NpyWriter.Vector(images[index]))) { Extension = ".npy", Picture = picture },
            _ => new Sample(label, index, picture) { Strokes = strokes is null ? default : AsImmutable(StrokePicture.ToCsv(strokes[index])) },
        };
    }

    private Task<DataSet> ToLookAt(DataSource source, string fingerprint, CancellationToken cancellation) =>
        HereOnly.Read(OwnThread.Run(() => DataLook.Open(library, source, fingerprint, LongestSide, MaximumBytes), cancellation));

    private static string LabelOf(DataSet data, int index) => data.Test.Images.Labels[index] is >= 0 and var label ? data.Classes[label] : "image";

    private static ImmutableArray<byte> AsImmutable(byte[] bytes) => ImmutableCollectionsMarshal.AsImmutableArray(bytes);
}
