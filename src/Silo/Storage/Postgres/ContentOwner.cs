using System.Collections.Immutable;

namespace Siamese.Silo.Storage.Postgres;

/// <summary>A row of PostgreSQL that owns a content: a blob or a checkpoint.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Table">Its table.</param>
/// <param name="Key">The columns of its key, with their values.</param>
internal sealed record ContentOwner(string Name, string Table, ImmutableArray<(string Column, object Value)> Key)
{
    /// <summary>The SQL condition that finds its row, with the alias `o` and the values as the first parameters.</summary>
    public string Where => string.Join(" AND ", Key.Select((key, i) => $"o.{key.Column} = ${i + 1}"));

    public ImmutableArray<object> Values => [.. Key.Select(key => key.Value)];
}
