using Microsoft.AspNetCore.Http;
using Siamese.Web.Problems;

namespace Siamese.Page.Layout;

/// <summary>Shows refusals, such as those of a key without the needed role, as pages.</summary>
internal sealed class ProblemPage : IProblemView
{
    public Task Write(HttpContext context, ProblemKind kind, string detail) => Of(context, kind, detail).ExecuteAsync(context);

    /// <summary>The page of a problem.</summary>
    public static HtmlPage<ErrorView> Of(HttpContext context, ProblemKind kind, string detail) => new(new ErrorModel(Visitor.StartOf(context), kind.Title, detail, kind == ProblemKind.Away));
}
