using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts.Access;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Contracts.Tuning;
using Siamese.Page.Layout;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Page.Data;

/// <summary>The pages of data sets.</summary>
internal static class DataPage
{
    private const int SetsOnPage = 50;
    private const int ClassesOnPage = 20;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/data", List);
        pages.MapGet("/data/{id}", Show);
        pages.MapGet("/data/{id}/pictures/{part}/{index:int}.png", Picture);
    }

    /// <summary>Every data set.</summary>
    /// <param name="page">Which page of the list, from 1.</param>
    [Needs(Role.Read)]
    public static async Task<IResult> List(HttpContext context, GrainCalls calls, TimeProvider time, int page = 1)
    {
        var known = await calls.Make((grains, cancellation) => grains.GetGrain<IDataSetsGrain>(0).List(cancellation));
        var pages = Pages(page, known.Used.Length, SetsOnPage);
        var shown = known with { Used = [.. known.Used.Skip((page - 1) * SetsOnPage).Take(SetsOnPage)] };
        return new HtmlPage<DataListView>(new DataListModel(Visitor.Of(context), shown, known.Used.Length, page, pages, time.GetUtcNow()));
    }

    /// <summary>A data set.</summary>
    /// <param name="id">Its fingerprint.</param>
    /// <param name="page">Which page of its classes, from 1.</param>
    [Needs(Role.Read)]
    public static async Task<IResult> Show(string id, HttpContext context, GrainCalls calls, TimeProvider time, int page = 1)
    {
        var from = (int)Math.Clamp((page - 1L) * ClassesOnPage, 0, int.MaxValue);
        var details = await calls.Make((grains, cancellation) => grains.GetGrain<IDataSetGrain>(id).GetDetails(from, ClassesOnPage, cancellation));
        var pages = details.Content is { } content ? Pages(page, content.Classes, ClassesOnPage) : Math.Max(1, page);
        return new HtmlPage<DataView>(new DataModel(Visitor.Of(context), details, page, pages, time.GetUtcNow()));
    }

    /// <summary>A picture of one of its images. A browser keeps it: the address names the content.</summary>
    /// <param name="id">Its fingerprint.</param>
    /// <param name="part">The split that the image is in.</param>
    /// <param name="index">Its index in that split.</param>
    [Needs(Role.Train)]
    public static async Task<FileContentHttpResult> Picture(string id, string part, int index, HttpContext context, GrainCalls calls)
    {
        var split = Words.Find<SplitPart>(part) ?? throw new ProblemException(ProblemKind.NotFound, $"There is no such split; there are {string.Join(", ", Words.All<SplitPart>())}.");
        var picture = await calls.Make((grains, cancellation) => grains.GetGrain<IDataSetGrain>(id).GetPicture(split, index, cancellation));
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return TypedResults.Bytes(picture.AsMemory().ToArray(), "image/png");
    }

    /// <summary>The number of pages.</summary>
    /// <exception cref="ProblemException">The wanted one is not among them.</exception>
    private static int Pages(int page, int all, int onPage)
    {
        var pages = Math.Max(1, (all + onPage - 1) / onPage);
        return page >= 1 && page <= pages ? pages : throw new ProblemException(ProblemKind.NotFound, FormattableString.Invariant($"There is no page {page}; there are {pages}."));
    }
}
