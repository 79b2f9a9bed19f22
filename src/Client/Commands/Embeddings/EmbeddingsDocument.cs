using System.Text.Json.Serialization;

namespace Siamese.Client.Commands.Embeddings;

/// <summary>What `embed` wrote.</summary>
/// <param name="Out">The file.</param>
/// <param name="Ids">The file with the images' paths, if they are not in the first one.</param>
/// <param name="Images">Number of embedded images.</param>
/// <param name="Width">Number of columns: the widths of all members together.</param>
/// <param name="Members">The members, in the order of their columns.</param>
/// <param name="Problems">For each image that could not be embedded, the reason.</param>
internal sealed record EmbeddingsDocument(
    string Out, string? Ids, string Ensemble, int Version, int Images, int Width, IReadOnlyList<ColumnsDocument> Members, IReadOnlyList<string> Problems, double Seconds)
{
    public static EmbeddingsDocument Of(ImageEmbeddings embeddings, EmbeddingsFile file, double seconds) => new(
        file.Path, file.IdsPath, embeddings.Ensemble, embeddings.Version, embeddings.Ids.Count, embeddings.Width, ColumnsDocument.Of(embeddings), embeddings.Problems, seconds);
}

/// <summary>The columns of a member.</summary>
/// <param name="From">Its first column, from 0.</param>
/// <param name="Width">Number of its columns.</param>
/// <param name="Distance">The distance that it measures between two rows of its columns.</param>
/// <param name="Threshold">The distance at which it decides between *same* and *different*.</param>
/// <param name="Weight">Its share in the ensemble's distance, 0 to 1.</param>
internal sealed record ColumnsDocument(string Trial, int From, int Width, string Distance, double Threshold, double Weight)
{
    public static IReadOnlyList<ColumnsDocument> Of(ImageEmbeddings embeddings)
    {
        var (columns, from) = (new List<ColumnsDocument>(), 0);
        foreach (var member in embeddings.Members)
        {
            columns.Add(new(member.Trial, from, member.Width, member.Distance, member.Threshold, member.Weight));
            from += member.Width;
        }

        return columns;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EmbeddingsDocument))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(ColumnsDocument[]))]
internal sealed partial class EmbeddingsJson : JsonSerializerContext;
