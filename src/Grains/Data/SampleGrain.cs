using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans.Concurrency;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data;

namespace Siamese.Grains.Data;

/// <inheritdoc cref="ISampleGrain"/>
[StatelessWorker]
internal sealed class SampleGrain(DataLibrary library) : Grain, ISampleGrain
{
    public async Task<ImmutableArray<Sample>> Draw(DataSource source, int count, int seed, CancellationToken cancellation)
    {
        var data = await Open(source, cancellation);
        var images = data.Test.Images;
        if (count > images.Count)
            throw new BadInputException($"{data.Name} has {images.Count} test images, fewer than {count}; ask for fewer.");
        return [.. Choose(images, count, new Random(seed)).Select(ToSample)];

        Sample ToSample(int index)
        {
            var label = images.Labels[index] < 0 ? "image" : data.Classes[images.Labels[index]];
            var png = ImmutableCollectionsMarshal.AsImmutableArray(PngWriter.Write(images[index], images.Shape));
            return new Sample(label, index, png);
        }
    }

    /// <summary>There is no other silo to try: whoever asks is told what to do.</summary>
    private async Task<DataSet> Open(DataSource source, CancellationToken cancellation)
    {
        try
        {
            return await library.Open(source, InputShape.Digits, cancellation);
        }
        catch (DataUnavailableException e)
        {
            // Without its cause: the client knows neither of those types, and could not be told.
            throw new BadInputException(e.Message);
        }
    }

    /// <summary>Two of a class, then two of the next, so that even a few images hold *same* and *different* pairs.</summary>
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
