using System.Collections.Immutable;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.KnownData;
using Siamese.Contracts.Sweeps;
using Siamese.Page.Layout;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;

namespace Siamese.Page.NewSweeps;

/// <summary>What the page of a new sweep shows.</summary>
/// <param name="Fields">What is stated so far.</param>
/// <param name="Data">Data sets that a sweep can use.</param>
/// <param name="Command">The command that starts the same sweep; null if there is a problem.</param>
/// <param name="Problem">What is wrong with a field; null if nothing is.</param>
/// <param name="Form">Proves that the form is from here.</param>
public sealed record NewSweepModel(Visitor Visitor, SweepFields Fields, IReadOnlyList<KnownDataSet> Data, string? Command, string? Problem, FormToken Form);

/// <summary>The page on which a sweep is put together. It is submitted without being started: its own page asks for that, with the plan.</summary>
internal static class NewSweepPage
{
    /// <param name="pages">Where any name may be in a query: hyperparameters are fields.</param>
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/new-sweep", Show);
        pages.MapPost("/new-sweep", Submit);
    }

    /// <summary>The form, with the command for what is stated so far.</summary>
    [Needs(Role.Train)]
    public static async Task<IResult> Show(HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        var (fields, data) = (SweepFields.Of(context.Request.Query), await Known(calls));
        return Page(context, antiforgery, fields, data, Check(() => fields.Request(data)));
    }

    /// <summary>Submits the sweep, and shows its page.</summary>
    [Needs(Role.Train)]
    public static async Task<IResult> Submit(HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        var form = await Forms.Read(context, antiforgery);
        var token = FormToken.Of(context, antiforgery);
        var (fields, data) = (SweepFields.Of(form.Where(field => field.Key != token.Name)), await Known(calls));
        try
        {
            var request = fields.Request(data);
            var id = fields[SweepFields.Name] is { Length: > 0 } name ? name : SweepId.Invent();
            await calls.Make((grains, cancellation) => grains.GetGrain<ISweepGrain>(id).Submit(request, cancellation));
            return TypedResults.Redirect(Visitor.Of(context).SweepAt(id));
        }
        catch (BadInputException e)
        {
            context.Response.StatusCode = ProblemKind.Invalid.Status;
            return Page(context, antiforgery, fields, data, e.Message);
        }
    }

    private static HtmlPage<NewSweepView> Page(HttpContext context, IAntiforgery antiforgery, SweepFields fields, IReadOnlyList<KnownDataSet> data, string? problem) =>
        new(new NewSweepModel(Visitor.Of(context), fields, data, problem is null ? fields.Command(data) : null, problem, FormToken.Of(context, antiforgery)));

    private static async Task<ImmutableArray<KnownDataSet>> Known(GrainCalls calls) =>
        [.. (await calls.Make((grains, cancellation) => grains.GetGrain<IDataSetsGrain>(0).List(cancellation))).Used.Where(data => data.Source is not null)];

    private static string? Check(Func<SweepRequest> read)
    {
        try
        {
            read();
            return null;
        }
        catch (BadInputException e)
        {
            return e.Message;
        }
    }
}
