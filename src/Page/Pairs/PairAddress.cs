using Microsoft.AspNetCore.Http;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Web.Requests;
using Siamese.Web.Verdicts;

namespace Siamese.Page.Pairs;

/// <summary>Whom to ask about a pair, and on which terms: all of it is in the page's address, as it was typed.</summary>
/// <param name="Ensemble">The ensemble; null for the one that was formed last.</param>
/// <param name="Version">Its version; null for the newest.</param>
/// <param name="Prior">As in <see cref="VerdictTerms"/>, like those that follow.</param>
/// <param name="Unsure">Two probabilities.</param>
/// <param name="Samples">Which test images to offer: a number from which they are drawn; null for none.</param>
public sealed record PairAddress(
    string? Ensemble = null, string? Version = null, string? Prior = null, string[]? Unsure = null, string? Disagreement = null, string? MaxFar = null, string? MaxFrr = null, string? Novelty = null, string? Samples = null)
{
    /// <summary>The fields and their values, without blank ones.</summary>
    public IEnumerable<(string Name, string Value)> Fields() => new (string Name, string? Value)[]
    {
        ("ensemble", Ensemble), ("version", Version), ("prior", Prior), ("unsure", Bound(0)), ("unsure", Bound(1)), ("disagreement", Disagreement),
        ("maxFar", MaxFar), ("maxFrr", MaxFrr), ("novelty", Novelty), ("samples", Samples),
    }.Where(field => !string.IsNullOrWhiteSpace(field.Value)).Select(field => (field.Name, field.Value!));

    /// <summary>Whether there are terms besides the usual ones.</summary>
    public bool HasTerms() => Fields().Any(field => field.Name is not ("ensemble" or "version" or "samples"));

    /// <summary>The query of the address.</summary>
    public string Query() => Fields().Any() ? $"?{string.Join('&', Fields().Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"))}" : "";

    /// <summary>The number of a version; null for the newest.</summary>
    /// <exception cref="BadInputException">It is not a whole number.</exception>
    public int? VersionNumber() => string.IsNullOrWhiteSpace(Version) ? null : FormFields.Whole("version", Version);

    /// <summary>The number from which test images are drawn; null if none are.</summary>
    /// <exception cref="BadInputException">It is not a whole number.</exception>
    public int? Seed() => string.IsNullOrWhiteSpace(Samples) ? null : FormFields.Whole("samples", Samples);

    /// <summary>One of the two probabilities.</summary>
    public string? Bound(int place) => Unsure?.ElementAtOrDefault(place);

    /// <summary>The address that the fields of a form state.</summary>
    public static PairAddress Of(IFormCollection form)
    {
        return new(
            Text("ensemble"), Text("version"), Text("prior"), [.. form["unsure"].Select(bound => bound ?? "")], Text("disagreement"), Text("maxFar"), Text("maxFrr"), Text("novelty"), Text("samples"));

        string? Text(string name) => form[name] is [{ Length: > 0 } text, ..] ? text : null;
    }

    /// <summary>The question of whether images are of the same class.</summary>
    /// <exception cref="BadInputException">A term is not a number.</exception>
    internal VerdictRequest Ask(ImageDocument first, IReadOnlyList<ImageDocument> others, string? enrolled) => new(
        first,
        others is [var second] ? second : null,
        others.Count > 1 ? [.. others] : null,
        enrolled,
        Ensemble,
        VersionNumber(),
        Number("prior", Prior),
        Unsure is { } bounds && bounds.Any(bound => !string.IsNullOrWhiteSpace(bound)) ? [.. bounds.Select(bound => FormFields.Number("unsure", bound))] : null,
        Number("disagreement", Disagreement),
        Number("maxFar", MaxFar),
        Number("maxFrr", MaxFrr),
        Number("novelty", Novelty));

    private static double? Number(string name, string? text) => string.IsNullOrWhiteSpace(text) ? null : FormFields.Number(name, text);
}
