using Microsoft.AspNetCore.Http;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Web.Requests;

namespace Siamese.Page.Pairs;

/// <summary>The images of a question: files, or picked test images.</summary>
/// <param name="First">The image.</param>
/// <param name="Others">What it is compared with: a second image, or several references.</param>
/// <param name="Enrolled">The enrolled name that it is compared with; null if none is stated.</param>
internal sealed record PairQuestion(ImageDocument First, IReadOnlyList<ImageDocument> Others, string? Enrolled)
{
    /// <param name="form">The form.</param>
    /// <param name="draw">Draws the test images that the page offered.</param>
    /// <exception cref="BadInputException">An image is missing, or a picked one does not exist.</exception>
    public static async Task<PairQuestion> Read(IFormCollection form, Func<Task<IReadOnlyList<Sample>>> draw)
    {
        var fields = new FormFields(form);
        var samples = form.ContainsKey("firstSample") || form.ContainsKey("secondSample") ? await draw() : [];
        // A chosen file counts: without a script, a picked test image cannot be given up again.
        var first = await fields.Images("first") is { Length: > 0 } files ? files : Picked("firstSample");
        var others = await fields.Images("second") is { Length: > 0 } chosen ? chosen : Picked("secondSample");
        var enrolled = fields.Text("enrolled") is { } name && !string.IsNullOrWhiteSpace(name) ? name.Trim() : null;
        return first switch
        {
            [] => throw new BadInputException("The first image is missing: choose, drop or paste one."),
            [var one] => new(one, others, enrolled),
            _ => throw new BadInputException($"{first.Length} files were given for the first image; give one. Several references go on the other side."),
        };

        ImageDocument[] Picked(string name) => [.. form[name].Select(place => Document(name, place ?? ""))];

        ImageDocument Document(string name, string place)
        {
            var sample = samples.ElementAtOrDefault(FormFields.Whole(name, place)) ?? throw new BadInputException($"'{name}': there is no test image {PlainText.Of(place)} on the page; load it again.");
            return new([.. sample.File], ShownImage.NameOf(sample), sample.Strokes.IsDefault ? null : [.. sample.Strokes]);
        }
    }

    /// <summary>The images to compare with, if they are stated as one thing.</summary>
    /// <exception cref="BadInputException">None is stated, or an image and a name.</exception>
    public PairQuestion OneQuestion() => (Others.Count, Enrolled) switch
    {
        (0, null) => throw new BadInputException("The second image is missing: choose, drop or paste one, or several references of one class."),
        ( > 0, not null) => throw new BadInputException("Give a second image or an enrolled name, not both."),
        _ => this,
    };
}
