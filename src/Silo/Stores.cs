using Siamese.Contracts;
using Siamese.Silo.Storage;
using Siamese.Silo.Storage.Postgres;
using Siamese.Silo.Storage.Sqlite;

namespace Siamese.Silo;

/// <summary>The kinds of stores. A new kind is a folder in `Storage` with an <see cref="IStore"/>, and one line in <see cref="_kinds"/>.</summary>
internal static class Stores
{
    private static readonly Kind[] _kinds =
    [
        new("sqlite", "PATH", SqliteStore.At),
        new("postgres", "Host=…;Database=…;Username=…", PostgresStore.At),
    ];

    /// <summary>Opens nothing yet.</summary>
    /// <param name="address">Where the store is, as given by `--store`: `KIND:PLACE`.</param>
    /// <param name="blobs">The folder for blobs and checkpoints; empty if the store keeps them itself.</param>
    /// <exception cref="BadInputException">The address is not valid. The message repeats nothing that could be a password.</exception>
    public static IStore Open(string address, string blobs = "")
    {
        foreach (var kind in _kinds)
        {
            if (address.StartsWith($"{kind.Name}:", StringComparison.Ordinal))
                return kind.At(address[(kind.Name.Length + 1)..], blobs);
        }

        var stated = address.Split(':') is [{ Length: > 0 } prefix, _, ..] && prefix.All(char.IsAsciiLetter) ? $", and not start with '{prefix}:'" : "";
        throw new BadInputException($"--store must be {string.Join(" or ", _kinds.Select(kind => $"{kind.Name}:{kind.Place}"))}{stated}.");
    }

    /// <param name="Name">What its addresses start with, before a colon.</param>
    /// <param name="Place">What follows, for messages.</param>
    /// <param name="At">The store at a place, with the folder for its blobs.</param>
    private sealed record Kind(string Name, string Place, Func<string, string, IStore> At);
}
