using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Problems;

namespace Siamese.Web.Verdicts.Batches;

/// <summary>The images that a batch keeps for its pairs, until they are forgotten.</summary>
internal sealed class KeptImages
{
    /// <summary>Maximum number of them.</summary>
    public const int MaximumCount = 10_000;

    /// <summary>Maximum of all their bytes together.</summary>
    public const long MaximumBytes = IVerdictGrain.MaximumBytes;

    private readonly Dictionary<string, ImageFile> _images = new(StringComparer.Ordinal);
    private long _bytes;

    /// <exception cref="ProblemException">There is one with this id already, or there is no room.</exception>
    public void Keep(string id, ImageFile image)
    {
        if (_images.ContainsKey(id))
            throw new ProblemException(ProblemKind.Conflict, $"There is an image '{PlainText.Of(id)}' already; forget it first, or use another id.");
        if (_images.Count == MaximumCount || _bytes + image.Size > MaximumBytes)
        {
            throw new ProblemException(ProblemKind.TooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"A batch keeps at most {MaximumCount:#,0} images of {MaximumBytes:#,0} bytes in all, and with '{PlainText.Of(id)}' there would be more. Forget images that no later pair names, or send images in their pairs."));
        }

        _images.Add(id, image);
        _bytes += image.Size;
    }

    /// <exception cref="ProblemException">There is none with this id.</exception>
    public void Forget(string id)
    {
        _bytes -= Find(id).Size;
        _images.Remove(id);
    }

    /// <inheritdoc cref="Forget"/>
    public ImageFile Find(string id) => _images.GetValueOrDefault(id)
        ?? throw new ProblemException(ProblemKind.NotFound, $"There is no image '{PlainText.Of(id)}' in this batch before this line, or it could not be kept, or was forgotten.");
}
