using Siamese.Contracts.Ensembles;
using Siamese.Model.Galleries;

namespace Siamese.Bench.Identify;

/// <summary>
/// References with random embeddings, searched by ours and by the obvious loop: every reference, member by member, number by
/// number, then all names sorted by their nearest reference. The loop is frozen, because it is the baseline for ours.
/// </summary>
internal sealed class RandomGallery
{
    private const int Lot = 512;
    private const int ImagesOfAName = 5;

    private readonly Ensemble _ensemble;
    private readonly (string Name, float[][] Embeddings)[] _references;
    private readonly EnrolledLot[] _lots;
    private readonly float[][] _image;

    /// <param name="ensemble">An ensemble of Euclidean members.</param>
    /// <param name="count">Number of references.</param>
    public RandomGallery(Ensemble ensemble, int count)
    {
        var random = new Random(1);
        float[] Place(Member member) => [.. Enumerable.Range(0, member.Spec.Hyperparameters.EmbeddingSize).Select(_ => random.NextSingle())];
        _ensemble = ensemble;
        _image = [.. ensemble.Members.Select(Place)];
        _references = [.. Enumerable.Range(0, count).Select(i => ($"name {i / ImagesOfAName}", ensemble.Members.Select(Place).ToArray()))];
        _lots =
        [
            .. _references.Chunk(Lot).Select(lot => new EnrolledLot(
                [.. lot.Select(reference => reference.Name)],
                [.. ensemble.Members.Select((_, m) => lot.SelectMany(reference => reference.Embeddings[m]).ToArray())])),
        ];
    }

    /// <summary>Searches as a silo does, one part per processor.</summary>
    public string[] Ours(int top)
    {
        var probe = new Probe(_ensemble, _image);
        var found = new NearestNames[Environment.ProcessorCount];
        Parallel.For(0, found.Length, part =>
        {
            found[part] = new NearestNames(top);
            for (var lot = part; lot < _lots.Length; lot += found.Length)
                probe.Search(_lots[lot], lot, found[part]);
        });
        foreach (var near in found.Skip(1).SelectMany(part => part.Nearest))
            found[0].Offer(near);
        return [.. found[0].Nearest.Select(near => near.Name)];
    }

    public string[] Loop(int top)
    {
        var nearest = new Dictionary<string, double>();
        foreach (var (name, embeddings) in _references)
        {
            var combined = 0.0;
            for (var m = 0; m < embeddings.Length; m++)
            {
                var sum = 0.0;
                for (var i = 0; i < embeddings[m].Length; i++)
                    sum += (embeddings[m][i] - _image[m][i]) * (embeddings[m][i] - _image[m][i]);
                combined += Math.Sqrt(sum) * _ensemble.Members[m].Weight / _ensemble.Members[m].Threshold;
            }

            if (!nearest.TryGetValue(name, out var known) || combined < known)
                nearest[name] = combined;
        }

        return [.. nearest.OrderBy(name => name.Value).Take(top).Select(name => name.Key)];
    }
}
