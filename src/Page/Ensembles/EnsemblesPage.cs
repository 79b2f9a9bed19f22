using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Ensembles;
using Siamese.Page.Layout;
using Siamese.Web.Access;
using Siamese.Web.Ensembles;
using Siamese.Web.Requests;

namespace Siamese.Page.Ensembles;

/// <summary>What the page of all ensembles shows.</summary>
/// <param name="Newest">The newest version of each, the newest first.</param>
public sealed record EnsemblesModel(Visitor Visitor, IReadOnlyList<EnsembleSummary> Newest, DateTimeOffset Now);

/// <summary>The page of all ensembles.</summary>
internal static class EnsemblesPage
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/ensembles", Show);

    /// <summary>The newest version of every ensemble.</summary>
    [Needs(Role.Read)]
    public static async Task<IResult> Show(HttpContext context, GrainCalls calls, TimeProvider time) =>
        new HtmlPage<EnsemblesView>(new EnsemblesModel(Visitor.Of(context), await EnsembleEndpoints.Newest(calls), time.GetUtcNow()));
}
