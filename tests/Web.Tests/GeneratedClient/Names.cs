namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>What the calls of the generated client are about.</summary>
/// <param name="Ensemble">Name of an ensemble and of a sweep.</param>
/// <param name="Trial">Id of a trial.</param>
/// <param name="Verdict">Id of a verdict.</param>
/// <param name="Key">Id of a key.</param>
internal sealed record Names(string Ensemble, string Trial, string Verdict, string Key)
{
    /// <summary>An enrolled name.</summary>
    public const string Person = "somebody";

    private const string Nobody = "nobody";

    /// <summary>The same for what does not exist.</summary>
    public Names Unknown => new(Nobody, Nobody, $"{Nobody}{Verdict[Verdict.IndexOf('@', StringComparison.Ordinal)..]}", Nobody);
}
