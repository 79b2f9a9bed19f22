using Orleans.Serialization;
using Siamese.Contracts.Data;
using Siamese.Grains.Data;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Exchange;
using Siamese.Grains.Galleries;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;

namespace Siamese.Silo.Storage;

/// <summary>Finds out which blobs the stored states of grains need, and for what.</summary>
/// <param name="store">The store.</param>
/// <param name="serializer">Reads the states.</param>
internal sealed class BlobNeeds(IStore store, Serializer serializer)
{
    /// <summary>Number of hexadecimal digits of which messages show the start of a trial's id.</summary>
    private const int Start = 8;

    /// <summary>A blob that something needs.</summary>
    /// <param name="Blob">Its name.</param>
    /// <param name="Whose">Who needs it and as what, for messages.</param>
    /// <param name="Sweep">The sweep whose uploaded data the blob lists; null if it is something else.</param>
    public sealed record Need(string Blob, string Whose, string? Sweep = null);

    /// <summary>All needs, and the states that cannot be read.</summary>
    public async Task<(List<Need> Needs, List<string> Unreadable)> Read(CancellationToken cancellation)
    {
        var (needs, unreadable) = (new List<Need>(), new List<string>());
        foreach (var (grain, name, payload) in store.States())
        {
            try
            {
                needs.AddRange(payload.Length == 0 ? [] : Of(grain[(grain.IndexOf('/', StringComparison.Ordinal) + 1)..], name, payload));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                unreadable.Add($"State {name} of {grain} cannot be read: {e.Message.ReplaceLineEndings(" ")}");
            }
        }

        foreach (var manifest in needs.Where(need => need.Sweep is not null).ToArray())
            needs.AddRange(await Pieces(manifest, cancellation));
        return (needs, unreadable);
    }

    private IEnumerable<Need> Of(string key, string name, byte[] payload) => name switch
    {
        "trial" => OfTrial(key, serializer.Deserialize<TrialState>(payload)!),
        "ensemble" => OfEnsemble(key, serializer.Deserialize<EnsembleState>(payload)!),
        "import" => serializer.Deserialize<ImportState>(payload)!.Blobs.Select(file => new Need(file.Value, $"{file.Key} of the imported ensemble {key}")),
        "data-registry" => serializer.Deserialize<DataRegistryState>(payload)!.Sweeps.Where(data => data.Value.Count > 0)
            .Select(data => new Need(data.Key, $"the list of an uploaded data set of sweep {data.Value.First()}", data.Value.First())),
        _ when name.StartsWith("lot/", StringComparison.Ordinal) => serializer.Deserialize<LotPage>(payload)!.Blobs.Select(blob => new Need(blob, $"images or embeddings of the gallery {key}")),
        _ => [],
    };

    private static IEnumerable<Need> OfTrial(string key, TrialState trial)
    {
        foreach (var result in trial.EarlyResults.Values.Append(trial.Result).Where(result => result is not null))
        {
            if (result!.WeightsBlob is { } weights)
                yield return new(weights, $"the weights of trial {key[..Math.Min(Start, key.Length)]}");
            if (result.EmbeddingsBlob is { } embeddings)
                yield return new(embeddings, $"the embeddings of trial {key[..Math.Min(Start, key.Length)]}");
        }

        foreach (var (ensemble, blob) in trial.Holders)
            yield return new(blob, $"the weights of a member of the imported ensemble {ensemble}");
    }

    private static IEnumerable<Need> OfEnsemble(string key, EnsembleState state)
    {
        foreach (var ensemble in state.Versions.Select(version => version.Ensemble))
        {
            var name = FormattableString.Invariant($"ensemble {key}, version {ensemble.Version}");
            foreach (var member in ensemble.Members)
                yield return new(member.WeightsBlob, $"the weights of member {member.Trial[..Math.Min(Start, member.Trial.Length)]} of {name}");
            if (ensemble.ValidationBlob is { } validation)
                yield return new(validation, $"the validation pairs of {name}");
            if (ensemble.ReferencesBlob is { } references)
                yield return new(references, $"the reference images of {name}");
        }
    }

    /// <summary>What a data set consists of; nothing if its list is lost too.</summary>
    private async Task<IEnumerable<Need>> Pieces(Need manifest, CancellationToken cancellation)
    {
        try
        {
            var read = DataManifest.Read(await store.Contents.Blobs.Get(manifest.Blob, cancellation));
            return read.Pieces.Select(piece => new Need(piece.Sha256, $"a piece of the uploaded data set of sweep {manifest.Sweep}"));
        }
        catch (Exception e) when (e is BlobException or InvalidDataException)
        {
            return [];
        }
    }
}
