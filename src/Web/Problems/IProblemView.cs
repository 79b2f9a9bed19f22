using Microsoft.AspNetCore.Http;

namespace Siamese.Web.Problems;

/// <summary>Shows problems to people who look at a page. Part of the metadata of endpoints whose answers are pages.</summary>
internal interface IProblemView
{
    /// <summary>Writes the body; status and headers are written.</summary>
    Task Write(HttpContext context, ProblemKind kind, string detail);
}
