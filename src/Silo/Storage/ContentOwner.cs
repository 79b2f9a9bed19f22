using System.Collections.Immutable;

namespace Siamese.Silo.Storage;

/// <summary>A row of PostgreSQL that owns a content: a blob or a checkpoint.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Table">Its table.</param>
/// <param name="Key">The columns that it is known by, with their values.</param>
internal sealed record ContentOwner(string Name, string Table, ImmutableArray<(string Column, object Value)> Key)
{
    /// <summary>The condition on its row, called `o`, with its values as the first parameters.</summary>
    public string Where => string.Join(" AND ", Key.Select((key, i) => $"o.{key.Column} = ${i + 1}"));

    public ImmutableArray<object> Values => [.. Key.Select(key => key.Value)];
}
