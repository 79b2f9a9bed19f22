using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Siamese.Contracts;
using Siamese.Grains.Storage;
using Siamese.Silo.Access;
using Siamese.Silo.Options;
using Siamese.Silo.Storage;

namespace Siamese.Silo;

/// <summary>`silo store check`, `silo store migrate`, `silo store gc` and `silo store rotate-secret`.</summary>
internal static class StoreCommand
{
    private const int Ok = 0;
    private const int Broken = 1;

    /// <summary>Reports what a store contains, and reads every blob and checkpoint. Changes nothing; silos may be running.</summary>
    /// <returns>1 if something is broken.</returns>
    public static async Task<int> Check(SiloOptions options, TextWriter output, CancellationToken cancellation)
    {
        using var store = Stores.Open(options.Store, options.Blobs);
        var counts = store.Count();
        await output.WriteLineAsync(counts.Schema == store.Schema.Version
            ? $"The store {store.Name} has schema {counts.Schema}, which is up to date."
            : $"The store {store.Name} has schema {counts.Schema}; `silo store migrate` updates it to {store.Schema.Version}.");
        if (counts.States is { } states)
            await output.WriteLineAsync($"  grain states  {Text(states)}, including {Text(counts.Sweeps)} sweeps and {Text(counts.Trials)} trials");
        var broken = new List<string>(counts.Faults);
        var blobs = await Verify(store.Contents.AllBlobs, broken, cancellation);
        await output.WriteLineAsync($"  blobs         {Text(blobs)}");
        await output.WriteLineAsync($"  checkpoints   {Text(await Verify(store.Contents.AllCheckpoints, broken, cancellation))}");
        if (counts.States is not null)
            await output.WriteLineAsync($"  not needed    {Text(await Resolve(store, blobs, broken, cancellation))} of the blobs");
        foreach (var fault in broken)
            await output.WriteLineAsync(fault);
        await output.WriteLineAsync(broken.Count == 0 ? "Nothing is broken." : $"{Text(broken.Count)} broken.");
        return broken.Count == 0 ? Ok : Broken;
    }

    /// <summary>Creates a store or updates it, as a silo does when it starts.</summary>
    public static async Task<int> Migrate(SiloOptions options, TextWriter output)
    {
        using var store = Stores.Open(options.Store, options.Blobs);
        var (from, to) = store.Migrate();
        await output.WriteLineAsync((from, to) switch
        {
            (0, _) => $"The store {store.Name} was created with schema {to}.",
            _ when from == to => $"The store {store.Name} already has schema {to}.",
            _ => $"The store {store.Name} was updated from schema {from} to {to}.",
        });
        return Ok;
    }

    /// <summary>Removes what nothing needs and nobody used for a day; silos may be running.</summary>
    /// <returns>1 if something prevents it.</returns>
    public static async Task<int> Collect(SiloOptions options, TextWriter output, CancellationToken cancellation)
    {
        using var store = OpenExisting(options);
        await using var services = Serializers();
        var collected = await StoreCollector.Of(store, services.GetRequiredService<Serializer>(), TimeProvider.System).Run(settle: null, cancellation);
        if (collected.Obstacle is { } obstacle)
        {
            await output.WriteLineAsync($"Nothing was removed. {obstacle}");
            return Broken;
        }

        await output.WriteLineAsync($"Removed {Text(collected.Blobs)} blobs and the checkpoints of {Text(collected.Trials)} trials, which nothing needed for a day: {Text(collected.Bytes)} bytes.");
        return Ok;
    }

    /// <summary>Makes a new secret for the cluster, and forgets all others but the previous one.</summary>
    public static async Task<int> RotateSecret(SiloOptions options, TextWriter output)
    {
        using var store = OpenExisting(options);
        var now = TimeProvider.System.GetUtcNow();
        var secrets = store.Secrets();
        var age = now - DateTimeOffset.FromUnixTimeMilliseconds(secrets.Max(secret => secret.Made));
        if (secrets.Count > 1 && age < 2 * ClusterSecrets.Grace)
            throw new BadInputException($"The newest secret is {age.TotalSeconds:0} s old, and silos may not use it yet; try again {(2 * ClusterSecrets.Grace - age).TotalSeconds:0} s later.");
        store.Add(StoredSecret.After(secrets, now));
        await output.WriteLineAsync($"The cluster has a new secret, which its silos use after {ClusterSecrets.Grace.TotalSeconds:0} s. What was signed with the previous one stays valid until the next rotation.");
        return Ok;
    }

    private static async Task<List<StoredContent>> Verify(IMaintained contents, List<string> broken, CancellationToken cancellation)
    {
        var all = new List<StoredContent>();
        await foreach (var content in contents.Verify(cancellation))
        {
            all.Add(content);
            if (content.Fault is { } fault)
                broken.Add(fault);
        }

        return all;
    }

    /// <summary>Finds the blobs that a stored state needs and that are missing, and those that nothing needs.</summary>
    private static async Task<List<StoredContent>> Resolve(IStore store, List<StoredContent> blobs, List<string> broken, CancellationToken cancellation)
    {
        await using var services = Serializers();
        var reader = new StoreNeeds(store, services.GetRequiredService<Serializer>(), TimeProvider.System);
        var found = await reader.Read(cancellation);
        var needs = found.Blobs;
        broken.AddRange(found.Unreadable);
        var missing = await Missing(needs);
        // Silos may be running: what was removed while this looked is no longer needed either.
        if (missing.Count > 0)
            missing = await Missing((await reader.Read(cancellation)).Blobs.Where(need => missing.Contains(need.Blob)));
        broken.AddRange(missing.Select(blob => $"Blob {blob} is missing; it is needed as {string.Join(" and as ", needs.Where(need => need.Blob == blob).Select(need => need.Whose).Distinct())}."));
        var needed = needs.Select(need => need.Blob).ToHashSet();
        return [.. blobs.Where(blob => !needed.Contains(blob.Hash))];

        async Task<HashSet<string>> Missing(IEnumerable<StoreNeeds.Need> of) =>
            [.. await store.Contents.Blobs.Missing([.. of.Select(need => need.Blob).Distinct()], cancellation)];
    }

    /// <summary>A store that exists, migrated: migrating alone would create one.</summary>
    private static IStore OpenExisting(SiloOptions options)
    {
        var store = Stores.Open(options.Store, options.Blobs);
        try
        {
            store.Count();
            store.Migrate();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static ServiceProvider Serializers() => new ServiceCollection().AddSerializer().BuildServiceProvider();

    private static string Text(List<StoredContent> contents) => $"{Text(contents.Count)}, {Text(contents.Sum(content => content.Length))} bytes";

    private static string Text(long? number) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0}");
}
