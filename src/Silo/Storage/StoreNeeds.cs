using Orleans.Serialization;
using Siamese.Contracts.Data;
using Siamese.Grains.Backbones;
using Siamese.Grains.Data;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Exchange;
using Siamese.Grains.Galleries;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;

namespace Siamese.Silo.Storage;

/// <summary>Finds out which blobs and checkpoints the stored states of grains need, and for what.</summary>
/// <param name="store">The store.</param>
/// <param name="serializer">Reads the states.</param>
/// <param name="time">Tells which uses of uploaded data have expired.</param>
internal sealed class StoreNeeds(IStore store, Serializer serializer, TimeProvider time)
{
    /// <summary>Number of hexadecimal digits of which messages show the start of a trial's id.</summary>
    private const int Start = 8;

    /// <summary>A blob that something needs.</summary>
    /// <param name="Blob">Its name.</param>
    /// <param name="Whose">Who needs it and as what, for messages.</param>
    public sealed record Need(string Blob, string Whose);

    /// <summary>What the states need at one moment.</summary>
    /// <param name="Blobs">The blobs that are needed.</param>
    /// <param name="Unfinished">Ids of the trials that may still be resumed from a checkpoint.</param>
    /// <param name="Sweeps">The sweeps that exist.</param>
    /// <param name="Imports">Names of the imports that are not complete.</param>
    /// <param name="Unreadable">States that cannot be read, so that nobody knows what they need.</param>
    /// <param name="Unlisted">Users of uploaded data sets whose list is missing or broken, so that nobody knows their pieces.</param>
    public sealed record Found(List<Need> Blobs, HashSet<string> Unfinished, HashSet<string> Sweeps, List<string> Imports, List<string> Unreadable, List<string> Unlisted);

    /// <summary>Reads every state.</summary>
    public async Task<Found> Read(CancellationToken cancellation)
    {
        var found = new Found([], [], [], [], [], []);
        var registries = new List<DataRegistryState>();
        var features = new Dictionary<string, FeatureIndexState>();
        foreach (var (grain, name, payload) in store.States().Where(state => state.Payload.Length > 0))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                found.Blobs.AddRange(Of(grain[(grain.IndexOf('/', StringComparison.Ordinal) + 1)..], name, payload, found, registries, features));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                found.Unreadable.Add($"State {name} of {grain} cannot be read: {e.Message.ReplaceLineEndings(" ")}");
            }
        }

        foreach (var (manifest, user) in registries.SelectMany(registry => Manifests(registry, found.Sweeps)))
        {
            found.Blobs.Add(new(manifest, $"the list of an uploaded data set of {user}"));
            found.Blobs.AddRange(features.GetValueOrDefault(manifest)?.Packs.Select(pack => new Need(pack.Blob, $"features that a backbone of {user} computed")) ?? []);
            try
            {
                var read = DataManifest.Read(await store.Contents.Blobs.Get(manifest, cancellation));
                found.Blobs.AddRange(read.Pieces.Select(piece => new Need(piece.Sha256, $"a piece of the uploaded data set of {user}")));
            }
            catch (Exception e) when (e is BlobException or InvalidDataException)
            {
                found.Unlisted.Add(user);
            }
        }

        return found;
    }

    private IEnumerable<Need> Of(string key, string name, byte[] payload, Found found, List<DataRegistryState> registries, Dictionary<string, FeatureIndexState> features)
    {
        switch (name)
        {
            case "trial":
                return OfTrial(key, Read<TrialState>(payload), found);
            case "ensemble":
                return OfEnsemble(key, Read<EnsembleState>(payload));
            case "import":
                var import = Read<ImportState>(payload);
                // It uses its backbones.
                found.Sweeps.Add(key);
                if (import is { Manifest: not null, IsComplete: false })
                    found.Imports.Add(key);
                return import.Blobs.Select(file => new Need(file.Value, $"{file.Key} of the imported ensemble {key}"));
            case "sweep":
                found.Sweeps.Add(key);
                return [];
            case "features":
                features[key] = Read<FeatureIndexState>(payload);
                return [];
            case "data-registry":
                registries.Add(Read<DataRegistryState>(payload));
                return [];
            default:
                return name.StartsWith("lot/", StringComparison.Ordinal)
                    ? Read<LotPage>(payload).Blobs.Select(blob => new Need(blob, $"images or embeddings of the gallery {key}"))
                    : [];
        }
    }

    private T Read<T>(byte[] payload) => serializer.Deserialize<T>(payload)!;

    private IEnumerable<(string Manifest, string User)> Manifests(DataRegistryState registry, HashSet<string> sweeps) =>
        from data in registry.Sweeps
        where registry.IsUsed(data.Key, sweeps, time.GetUtcNow())
        select (data.Key, data.Value.Count > 0 ? $"sweep {data.Value.First()}" : "a sweep that is yet to come");

    private static IEnumerable<Need> OfTrial(string key, TrialState trial, Found found)
    {
        if (trial is { Spec: not null } and ({ Result: null } or { Checkpoint: not null }))
            found.Unfinished.Add(key);
        foreach (var result in trial.EarlyResults.Values.Append(trial.Result).Where(result => result is not null))
        {
            if (result!.WeightsBlob is { } weights)
                yield return new(weights, $"the weights of trial {key[..Math.Min(Start, key.Length)]}");
            if (result.EmbeddingsBlob is { } embeddings)
                yield return new(embeddings, $"the embeddings of trial {key[..Math.Min(Start, key.Length)]}");
        }

        foreach (var (holder, blob) in trial.Holders)
            yield return new(blob, $"the weights of a member of {holder}, or those that its trials start from");
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
}
