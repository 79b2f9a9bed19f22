using System.Text.Json;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Tuning;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>Reads a search space from a file, see <see cref="SpaceDocument"/>.</summary>
internal static class SpaceFile
{
    private const int MaximumBytes = 10_000_000;

    /// <summary>The search space used by default: what tends to matter for glyphs, in ranges that tend to be good.</summary>
    public static string Default { get; } = Path.Combine(AppContext.BaseDirectory, "search-space.default.json");

    /// <exception cref="BadInputException">The file does not exist, or is not a search space; the message says where and why.</exception>
    public static SearchSpace Read(string path)
    {
        try
        {
            var bytes = RegularFile.Read(path, MaximumBytes) ?? throw new BadInputException($"--space: {path} has more than {MaximumBytes / 1_000_000} MB; name a search space.");
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            SearchSpace space = new();
            OptionNames.Check(() => space = SpaceDocument.Read(document.RootElement), $"--space: {path}: ");
            return space;
        }
        // A name or a word may be half of a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BadInputException($"--space: {path} is not valid JSON: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--space: {path} cannot be read: {e.Message}");
        }
    }
}
