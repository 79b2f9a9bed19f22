using System.Collections.Immutable;
using System.Reflection;
using Siamese.Contracts;

namespace Siamese.Silo.Storage;

/// <summary>The scripts of a kind of store, numbered from 1; a store to which the first n were applied has schema n.</summary>
/// <param name="Scripts">Oldest first.</param>
internal sealed record Schema(ImmutableArray<string> Scripts)
{
    public int Version => Scripts.Length;

    /// <summary>The scripts in the folder of a store.</summary>
    public static Schema Of<TStore>()
        where TStore : IStore
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{typeof(TStore).Namespace}.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        return new Schema([.. names.Select(Read)]);

        string Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }

    /// <summary>The scripts that a store with this version still needs.</summary>
    /// <param name="version">The store's version; 0 if it is empty.</param>
    /// <param name="isInUse">Whether silos are running on it.</param>
    /// <exception cref="BadInputException">The store has a later schema, or silos of an earlier build run on it.</exception>
    public ImmutableArray<string> After(int version, Func<bool> isInUse)
    {
        if (version > Version)
            throw new BadInputException($"The store has schema {version}, but this build knows schema {Version}; use a newer build.");
        if (version > 0 && version < Version && isInUse())
            throw new BadInputException("A silo of an earlier build is running on this store; stop it first.");
        return Scripts[version..];
    }
}
