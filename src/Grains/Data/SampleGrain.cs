using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Data.Strokes;

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

    /// <summary>Size at which pen strokes are drawn to be looked at.</summary>
    private static readonly ImageShape _drawn = new(105, 105);

    public async Task<ImmutableArray<Sample>> Draw(DataSource source, int count, int seed, CancellationToken cancellation)
    {
        source.Check();
        var data = await HereOnly.Read(library.Open(source, ImageShape.Digits, cancellation));
        if (count > data.Test.Images.Count)
            throw new BadInputException($"{data.Name} has {data.Test.Images.Count} test images, fewer than {count}; ask for fewer.");
        var images = (await ToLookAt(source, data, cancellation)).Test.Images;
        var strokes = await Strokes(source, data, cancellation);
        return [.. EvenDraw.Of(data.Test.Images.Labels, count, InARow, new Random(seed)).Select(index => ToSample(data, images, strokes, index))];
    }

    public async Task<ImmutableArray<SamplePair>> Show(
        DataSource source, string fingerprint, ImmutableArray<PairOfImages> pairs, CancellationToken cancellation)
    {
        source.Check();
        var data = await HereOnly.Read(library.Open(source, ImageShape.Digits, cancellation));
        if (data.Fingerprint != fingerprint)
            throw new BadInputException($"{data.Name} has changed; its test images are no longer the ones that were measured.");
        var images = (await ToLookAt(source, data, cancellation)).Test.Images;
        if (pairs.Any(pair => Math.Min(pair.First, pair.Second) < 0 || Math.Max(pair.First, pair.Second) >= images.Count))
            throw new BadInputException($"{data.Name} has {images.Count} test images; a pair names an image outside that range.");
        var strokes = await Strokes(source, data, cancellation);
        return [.. pairs.Select(pair => new SamplePair(LabelOf(data, pair.First), LabelOf(data, pair.Second), Beside(pair)) { Samples = [.. new[] { pair.First, pair.Second }.Select(index => ToSample(data, images, strokes, index))] })];

        ImmutableArray<byte> Beside(PairOfImages pair)
        {
            ReadOnlySpan<byte> first = images[pair.First], second = images[pair.Second];
            return AsImmutable(images.Shape is ImageShape shape
                ? PngWriter.WriteBeside(first, second, shape)
                : PngWriter.WriteBeside(StrokePicture.Draw(first, _drawn), StrokePicture.Draw(second, _drawn), _drawn));
        }
    }

    /// <summary>The test images as pen strokes; null if they are not there as both.</summary>
    private async Task<ImageSet?> Strokes(DataSource source, DataSet data, CancellationToken cancellation) =>
        data.Kinds is InputKinds.Both ? (await HereOnly.Read(library.Look(source, StrokeShape.Usual, cancellation))).Test.Images : null;

    private static Sample ToSample(DataSet data, ImageSet images, ImageSet? strokes, int index) => images.Shape is ImageShape shape
        ? new Sample(LabelOf(data, index), index, AsImmutable(PngWriter.Write(images[index], shape))) { Strokes = strokes is null ? default : AsImmutable(StrokePicture.ToCsv(strokes[index])) }
        : new Sample(LabelOf(data, index), index, AsImmutable(StrokePicture.ToCsv(images[index]))) { Extension = ".csv", Picture = AsImmutable(PngWriter.Write(StrokePicture.Draw(images[index], _drawn), _drawn)) };

    /// <summary>The data with images of about their own size, and in colour; as it is if that is not possible.</summary>
    private async Task<DataSet> ToLookAt(DataSource source, DataSet data, CancellationToken cancellation)
    {
        if (source == DataSource.MnistMini || data.Test.Images.Shape is not ImageShape || data.TypicalSize is not { } size)
            return data;
        var count = (double)data.Training.Images.Count + data.Validation.Images.Count + data.Test.Images.Count;
        if (LookShape.Of(size, count, LongestSide, MaximumBytes) is not { } shape)
            return data;
        try
        {
            var larger = await HereOnly.Read(library.Look(source, shape, cancellation));
            return larger.Fingerprint == data.Fingerprint && larger.Test.Images.Count == data.Test.Images.Count ? larger : data;
        }
        catch (BadInputException)
        {
            // An image that is blank in this shape alone.
            return data;
        }
    }

    private static string LabelOf(DataSet data, int index) => data.Test.Images.Labels[index] is >= 0 and var label ? data.Classes[label] : "image";

    private static ImmutableArray<byte> AsImmutable(byte[] bytes) => ImmutableCollectionsMarshal.AsImmutableArray(bytes);
}
