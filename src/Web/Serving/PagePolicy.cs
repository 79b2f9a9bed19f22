namespace Siamese.Web.Serving;

/// <summary>What a page may load and send (Content Security Policy). Part of the metadata of endpoints whose answers are pages; others may load nothing.</summary>
/// <param name="Text">The policy.</param>
public sealed record PagePolicy(string Text)
{
    /// <summary>A page with a form, and without scripts.</summary>
    public static PagePolicy OfForm { get; } = new("default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

    /// <summary>A page whose scripts, styles and pictures all come from here.</summary>
    public static PagePolicy OfOwnScripts { get; } = new("default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
}
