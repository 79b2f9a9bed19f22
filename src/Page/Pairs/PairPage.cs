using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Page.Layout;
using Siamese.Web.Access;
using Siamese.Web.Ensembles;
using Siamese.Web.Galleries;
using Siamese.Web.Problems;
using Siamese.Web.Requests;
using Siamese.Web.Verdicts;

namespace Siamese.Page.Pairs;

/// <summary>The page on which a pair is tried. What is uploaded is judged and not kept.</summary>
internal static class PairPage
{
    /// <summary>Number of test images to pick from.</summary>
    private const int Offered = 12;

    /// <summary>Number of enrolled names that the page suggests.</summary>
    private const int Suggested = 200;

    /// <summary>Name of the field that asks for the answer alone, as a script does that has the rest.</summary>
    private const string AnswerAlone = "alone";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/try", Show).WithMetadata(PagePolicies.OwnPictures);
        pages.MapPost("/try", Ask).WithMetadata(PagePolicies.OwnPictures);
        pages.MapPost("/try/feedback", Tell).WithMetadata(PagePolicies.OwnPictures);
    }

    /// <summary>The form.</summary>
    [Needs(Role.Ask)]
    public static async Task<IResult> Show([AsParameters] PairAddress address, HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        var answer = Empty(address, context, antiforgery);
        // Terms that cannot be used are reported before somebody chooses images for them.
        answer = await Try(context, answer, () =>
        {
            address.Ask(new([]), [], null).Terms();
            return Task.FromResult(answer);
        });
        return await Page(context, answer.Problem is null ? null : answer, answer, calls);
    }

    /// <summary>The answer to a question.</summary>
    [Needs(Role.Ask)]
    public static async Task<IResult> Ask(HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        var form = (IFormCollection)FormCollection.Empty;
        var answer = await Try(context, Empty(new(), context, antiforgery), async () =>
        {
            form = await Forms.Read(context, antiforgery, VerdictEndpoints.MaximumBody);
            return Empty(PairAddress.Of(form), context, antiforgery);
        });
        if (answer.Problem is null)
            answer = await Try(context, answer, () => Answer(form, answer, calls));
        return form.ContainsKey(AnswerAlone) ? new HtmlPage<AnswerView>(answer) : await Page(context, answer, answer, calls);
    }

    /// <summary>Says what the pair of a verdict really is, or takes that back.</summary>
    [Needs(Role.Teach)]
    public static async Task<IResult> Tell(HttpContext context, GrainCalls calls, IAntiforgery antiforgery)
    {
        var form = (IFormCollection)FormCollection.Empty;
        var answer = await Try(context, Empty(new(), context, antiforgery), async () =>
        {
            form = await Forms.Read(context, antiforgery);
            return Empty(PairAddress.Of(form), context, antiforgery) with { Feedback = await Store(new FormFields(form), calls) };
        });
        return form.ContainsKey(AnswerAlone) ? new HtmlPage<AnswerView>(answer) : await Page(context, answer, answer, calls);
    }

    private static async Task<PairFeedback> Store(FormFields fields, GrainCalls calls)
    {
        var verdict = fields.Text("verdict") ?? throw new BadInputException("The verdict's id is missing; load the page again.");
        if (fields.Text("truth") is not { Length: > 0 } truth)
            return new(verdict, null, (await FeedbackEndpoints.TakeBack(verdict, calls)).Withdrawn.Tally);
        var relation = Words.Read<Relation>("'truth'", truth);
        return new(verdict, relation, (await FeedbackEndpoints.Give(new(verdict, relation), calls)).Tally);
    }

    private static async Task<PairAnswer> Answer(IFormCollection form, PairAnswer answer, GrainCalls calls)
    {
        var address = answer.Address;
        var ensemble = await EnsembleChoice.Find(calls, address.Ensemble);
        var question = await PairQuestion.Read(form, async () => await Draw(await Version(ensemble, address, calls) ?? throw KnownEnsemble.Missing(ensemble), address, calls));
        answer = answer with { First = [ShownImage.Of(question.First)], Second = [.. question.Others.Select(ShownImage.Of)] };
        if (form["ask"] is ["names"])
        {
            var identification = await GalleryEndpoints.Find(question.First.File("the first image"), ensemble, top: null, address.VersionNumber(), calls);
            return answer with { Second = [], Identification = identification };
        }

        var asked = question.OneQuestion();
        var verdict = await VerdictEndpoints.Ask(address.Ask(asked.First, asked.Others, asked.Enrolled) with { Ensemble = ensemble }, calls);
        return answer with { Verdict = verdict, Calibration = (await Version(ensemble, address with { Version = FormattableString.Invariant($"{verdict.Version}") }, calls))?.CalibrationCheck };
    }

    private static PairAnswer Empty(PairAddress address, HttpContext context, IAntiforgery antiforgery) =>
        new(Visitor.Of(context), address, FormToken.Of(context, antiforgery));

    /// <summary>The page with what was asked before. What goes wrong on the way is shown on it, if nothing else has.</summary>
    private static async Task<IResult> Page(HttpContext context, PairAnswer? answer, PairAnswer origin, GrainCalls calls)
    {
        var address = origin.Address;
        var board = await calls.Make((grains, cancellation) => grains.GetGrain<IBoardGrain>(0).List(cancellation));
        var model = new PairModel(
            origin.Visitor, address, [.. board.Where(entry => entry.HasEnsemble).OrderByDescending(entry => entry.FormedAt).Select(entry => entry.Sweep)],
            Chosen: null, Newest: 0, [], 0, Samples: null, answer, origin.Token);
        var ensemble = address.Ensemble ?? BoardEntry.DefaultOf(board)?.Sweep ?? (model.Ensembles is [var any, ..] ? any : null);
        if (ensemble is null)
            return new HtmlPage<PairView>(model);
        var found = await Try(context, origin, async () =>
        {
            model = await Known(model, ensemble, calls);
            if (address.Seed() is not null && model.Visitor.Role >= Role.Train)
                model = model with { Samples = await Draw(model.Chosen!, address, calls) };
            return origin;
        });
        return new HtmlPage<PairView>(model with { Answer = answer ?? (found.Problem is null ? null : found) });
    }

    private static async Task<PairModel> Known(PairModel model, string ensemble, GrainCalls calls)
    {
        var versions = await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(ensemble).GetVersions(cancellation));
        if (versions.IsEmpty)
            throw new ProblemException(ProblemKind.NotFound, $"There is no ensemble '{PlainText.Of(ensemble)}'; choose one of those that there are.");
        var newest = versions[^1].Ensemble;
        var chosen = EnsembleEndpoints.Choose(versions, model.Address.VersionNumber()).Ensemble;
        var names = await calls.Make((grains, cancellation) => grains.GetGrain<IGalleryGrain>(ensemble).GetNames(cancellation));
        return model with
        {
            Chosen = chosen,
            Newest = newest.Version,
            Names = [.. names.Take(Suggested).Select(name => name.Name)],
            NamesInAll = names.Length,
        };
    }

    private static async Task<Ensemble?> Version(string ensemble, PairAddress address, GrainCalls calls)
    {
        var versions = await calls.Make((grains, cancellation) => grains.GetGrain<IEnsembleGrain>(ensemble).GetVersions(cancellation));
        return address.VersionNumber() is { } version ? versions.FirstOrDefault(one => one.Ensemble.Version == version)?.Ensemble : (versions.IsEmpty ? null : versions[^1].Ensemble);
    }

    private static async Task<IReadOnlyList<Sample>> Draw(Ensemble ensemble, PairAddress address, GrainCalls calls) =>
        await calls.Make((grains, cancellation) => grains.GetGrain<ISampleGrain>(0).Draw(ensemble.Data, Offered, address.Seed() ?? 1, cancellation));

    /// <summary>Does something whose failure is part of the page, with the status that the API has for it.</summary>
    private static async Task<PairAnswer> Try(HttpContext context, PairAnswer before, Func<Task<PairAnswer>> what)
    {
        try
        {
            return await what();
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            var failure = Failures.Find(context, e);
            Problem.WriteHead(context, failure.Kind, failure.Detail, failure.RetryAfter);
            return before with { Problem = new(before.Visitor.Start, failure.Kind.Title, failure.Detail) };
        }
    }
}
