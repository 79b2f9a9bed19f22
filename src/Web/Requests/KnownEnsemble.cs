using Siamese.Contracts;
using Siamese.Web.Problems;

namespace Siamese.Web.Requests;

/// <summary>The ensemble that a request is about.</summary>
internal static class KnownEnsemble
{
    /// <summary>There is no such ensemble.</summary>
    public static ProblemException Missing(string ensemble) => new(ProblemKind.NotFound, $"There is no ensemble '{PlainText.Of(ensemble)}'; GET ensembles lists all.");
}
