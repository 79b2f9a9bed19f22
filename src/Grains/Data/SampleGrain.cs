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
    /// <summary>Size at which pen strokes are drawn to be looked at.</summary>
    private static readonly ImageShape _shown = new(105, 105);

    public async Task<ImmutableArray<Sample>> Draw(DataSource source, int count, int seed, CancellationToken cancellation)
    {
        var data = await Open(source, cancellation);
        var images = data.Test.Images;
        if (count > images.Count)
            throw new BadInputException($"{data.Name} has {images.Count} test images, fewer than {count}; ask for fewer.");
        return [.. Choose(images, count, new Random(seed)).Select(ToSample)];

        Sample ToSample(int index)
        {
            return images.Shape is ImageShape shape
                ? new Sample(LabelOf(data, index), index, ImmutableCollectionsMarshal.AsImmutableArray(PngWriter.Write(images[index], shape)))
                : new Sample(LabelOf(data, index), index, ImmutableCollectionsMarshal.AsImmutableArray(StrokePicture.ToCsv(images[index]))) { Extension = ".csv" };
        }
    }

    public async Task<ImmutableArray<SamplePair>> Show(
        DataSource source, string fingerprint, ImmutableArray<PairOfImages> pairs, CancellationToken cancellation)
    {
        var data = await Open(source, cancellation);
        var images = data.Test.Images;
        if (data.Fingerprint != fingerprint)
            throw new BadInputException($"{data.Name} has changed; its test images are no longer the ones that were measured.");
        if (pairs.Any(pair => Math.Min(pair.First, pair.Second) < 0 || Math.Max(pair.First, pair.Second) >= images.Count))
            throw new BadInputException($"{data.Name} has {images.Count} test images; a pair names an image outside that range.");
        return [.. pairs.Select(pair => new SamplePair(LabelOf(data, pair.First), LabelOf(data, pair.Second), Beside(pair)))];

        ImmutableArray<byte> Beside(PairOfImages pair)
        {
            var shape = images.Shape as ImageShape ?? _shown;
            ReadOnlySpan<byte> first = images[pair.First], second = images[pair.Second];
            return ImmutableCollectionsMarshal.AsImmutableArray(images.Shape is ImageShape
                ? PngWriter.WriteBeside(first, second, shape)
                : PngWriter.WriteBeside(StrokePicture.Draw(first, shape), StrokePicture.Draw(second, shape), shape));
        }
    }

    private static string LabelOf(DataSet data, int index) => data.Test.Images.Labels[index] is >= 0 and var label ? data.Classes[label] : "image";

    /// <summary>No other silo is tried, so the caller gets the message that says what to do.</summary>
    private async Task<DataSet> Open(DataSource source, CancellationToken cancellation)
    {
        try
        {
            return await library.Open(source, ImageShape.Digits, cancellation);
        }
        catch (DataUnavailableException e)
        {
            // Without the inner exception: the client does not know its type, and could not deserialize it.
            throw new BadInputException(e.Message);
        }
    }

    /// <summary>Two images of one class, then two of the next, so that even a few images contain *same* and *different* pairs.</summary>
    private static IEnumerable<int> Choose(ImageSet images, int count, Random random)
    {
        var order = Enumerable.Range(0, images.Count).ToArray();
        random.Shuffle(order);
        var decks = order.GroupBy(i => images.Labels[i]).Select(c => new Queue<int>(c)).ToArray();
        for (var chosen = 0; chosen < count;)
        {
            foreach (var deck in decks)
            {
                for (var hand = 0; hand < 2 && chosen < count && deck.TryDequeue(out var image); hand++, chosen++)
                    yield return image;
            }
        }
    }
}
