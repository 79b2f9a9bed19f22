using Siamese.ApiClient;
using Siamese.ApiClient.Models;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Sweeps;
using SearchSpace = Siamese.Contracts.Tuning.SearchSpace;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>Calls that are not valid, or that the state of things does not allow.</summary>
internal static class Provocations
{
    private const string Manifest = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>A call that reaches a grain.</summary>
    public static async Task<Func<SiameseClient, Task>> Reaching(string operation, ClientSilo silo, Names names)
    {
        var ask = Asks.Of(operation);
        if (operation != "POST /api/v1/ensembles/{ensemble}/import")
            return client => ask(client, names);
        var archive = await silo.Export();
        return client => client.Api.V1.Ensembles["broken"].Import.PostAsync(archive);
    }

    /// <summary>A call that leads to a conflict.</summary>
    public static async Task<Func<SiameseClient, Task>> Conflict(string operation, ClientSilo silo, Names names)
    {
        var ask = Asks.Of(operation);
        switch (operation)
        {
            case "DELETE /api/v1/ensembles/{ensemble}":
            case "POST /api/v1/sweeps":
            case "POST /api/v1/sweeps/{sweep}/extend":
            case "POST /api/v1/sweeps/{sweep}/trials/{trial}/cancel":
            case "POST /api/v1/sweeps/{sweep}/trials/{trial}/finish":
            case "POST /api/v1/data":
                // The ensemble is of a sweep, the sweep has other settings, it is a grid, its trial has ended, a piece is missing.
                return client => ask(client, names);
            case "DELETE /api/v1/sweeps/{sweep}":
                return client => WhileTraining(silo, "busy", _ => ask(client, names with { Ensemble = "busy" }));
            case "POST /api/v1/sweeps/{sweep}/finish":
                await silo.Hold();
                return client => ask(client, names with { Ensemble = ClientSilo.Held });
            case "POST /api/v1/sweeps/{sweep}/retry":
                return client => WhileTraining(silo, "stuck", sweep => WhileCancelled(silo, sweep, () => ask(client, names with { Ensemble = "stuck" })));
            case "POST /api/v1/ensembles/{ensemble}/import":
                await silo.TrainVaried();
                return async client => await client.Api.V1.Ensembles[ClientSilo.Varied].Import.PostAsync(await silo.Export());
            case "POST /api/v1/ensembles/{ensemble}/recalibrate":
                await silo.Teach();
                return client => client.Api.V1.Ensembles[ClientSilo.Taught].Recalibrate.PostAsync(new() { Slope = -1 });
            case "POST /api/v1/ensembles/{ensemble}/recalibrate/preview":
                await silo.Teach();
                return client => client.Api.V1.Ensembles[ClientSilo.Taught].Recalibrate.Preview.PostAsync(new() { Slope = -1 });
            case "POST /api/v1/keys":
                await ask(silo.Client(new()), names with { Key = "twice0001" });
                return client => ask(client, names with { Key = "twice0001" });
            default:
                throw new InvalidOperationException($"Nobody knows what {operation} can conflict with.");
        }
    }

    /// <summary>A call with a value that is not valid.</summary>
    public static async Task<Func<SiameseClient, Task>> Invalid(string operation, ClientSilo silo, Names names)
    {
        var ask = Asks.Of(operation);
        switch (operation)
        {
            case "POST /api/v1/verdicts":
            case "POST /api/v1/ensembles/{ensemble}/import":
            case "POST /api/v1/ensembles/{ensemble}/recalibrate":
            case "POST /api/v1/ensembles/{ensemble}/recalibrate/preview":
            case "GET /api/v1/sweeps/{sweep}/importance":
                // The bytes are not an image or an archive, there is too little feedback, and there is only one point.
                return client => ask(client, names);
            case "POST /api/v1/verdicts/batch":
                return client => client.Api.V1.Verdicts.Batch.PostAsync(Asks.Body(), request => request.QueryParameters.Prior = 2);
            case "PUT /api/v1/verdicts/{id}/truth":
            case "DELETE /api/v1/verdicts/{id}/truth":
                return client => ask(client, names with { Verdict = "odd" });
            case "POST /api/v1/embeddings":
                return client => client.Api.V1.Embeddings.PostAsync(new() { Ensemble = names.Ensemble, Images = [.. Enumerable.Repeat(new ImageDocument { Data = [1] }, 513)] });
            case "GET /api/v1/ensembles/{ensemble}/versions/{version}/export":
                return client => ask(client, names with { Ensemble = "odd@1" });
            case "POST /api/v1/ensembles/{ensemble}/evaluations":
                return client => client.Api.V1.Ensembles[names.Ensemble].Evaluations.PostAsync(new() { Ways = 5, Protocol = "pairs" });
            case "GET /api/v1/ensembles/{ensemble}/evaluations/{id}":
                return client => AskUntilItFails(silo, client, names.Ensemble);
            case "PUT /api/v1/ensembles/{ensemble}/names/{name}/images/{sha256}":
                return client => client.Api.V1.Ensembles[names.Ensemble].Names[Names.Person].Images["other"].PutAsync(Asks.Body(), "image/png");
            case "POST /api/v1/ensembles/{ensemble}/identify":
                return client => client.Api.V1.Ensembles[names.Ensemble].Identify.PostAsync(Asks.Body(), "image/png", request => request.QueryParameters.Top = 0);
            case "POST /api/v1/sweeps":
                return client => ask(client, names with { Ensemble = "a b" });
            case "GET /api/v1/sweeps/{sweep}/events":
                return client => client.Api.V1.Sweeps[names.Ensemble].Events.GetAsync(request => request.Headers.Add("Last-Event-ID", "odd"));
            case "POST /api/v1/sweeps/{sweep}/retry":
                await Reject(silo, "rejected");
                return client => ask(client, names with { Ensemble = "rejected" });
            case "POST /api/v1/sweeps/{sweep}/extend":
                return client => client.Api.V1.Sweeps[names.Ensemble].Extend.PostAsync(new() { Points = 0 });
            case "GET /api/v1/sweeps/{sweep}/trials":
                return client => client.Api.V1.Sweeps[names.Ensemble].Trials.GetAsync(request => request.QueryParameters.Sort = "luck");
            case "GET /api/v1/sweeps/{sweep}/trials/{trial}":
            case "POST /api/v1/sweeps/{sweep}/trials/{trial}/cancel":
            case "POST /api/v1/sweeps/{sweep}/trials/{trial}/finish":
                var start = await SharedStart(silo);
                return client => ask(client, names with { Ensemble = ClientSilo.Held, Trial = start });
            case "POST /api/v1/keys":
                return client => client.Api.V1.Keys.PostAsync(new() { Name = "odd", May = "luck" });
            case "POST /api/v1/data/missing":
                return client => client.Api.V1.Data.Missing.PostAsync(new() { Pieces = ["odd"] });
            case "PUT /api/v1/data/pieces/{sha256}":
                return client => client.Api.V1.Data.Pieces["odd"].PutAsync(Asks.Body());
            case "POST /api/v1/data":
                return client => client.Api.V1.Data.PostAsync(new() { Files = [], Pieces = [new() { Length = 1, Sha256 = Manifest }] });
            case "POST /api/v1/data/samples":
                return client => client.Api.V1.Data.Samples.PostAsync(new() { Data = new() { Manifest = Manifest } });
            default:
                throw new InvalidOperationException($"Nobody knows which values of {operation} are not valid.");
        }
    }

    /// <summary>Asks about a sweep that is training.</summary>
    private static async Task WhileTraining(ClientSilo silo, string name, Func<ISweepGrain, Task> ask)
    {
        var sweep = silo.Grains.GetGrain<ISweepGrain>(name);
        // Each has a trial of its own: one that two sweeps want is not cancelled with one of them.
        await sweep.Submit(new SweepRequest { Space = SearchSpace.Of(("margin", [name.Length / 10.0]), ("epochs", [500]), ("steps", [10])) }, CancellationToken.None);
        await silo.UntilTrained(name);
        try
        {
            await ask(sweep);
        }
        finally
        {
            await sweep.Cancel(CancellationToken.None);
            await silo.Until(name, SweepPhase.Cancelled, SweepPhase.Completed);
        }
    }

    /// <summary>Asks about a sweep that is cancelled, while its trial does not know yet.</summary>
    private static async Task WhileCancelled(ClientSilo silo, ISweepGrain sweep, Func<Task> ask)
    {
        silo.Calls.Fault = call => call is { InterfaceName: "ITrialGrain", MethodName: "Cancel" } ? new TimeoutException("invented by a test") : null;
        try
        {
            await sweep.Cancel(CancellationToken.None);
            await ask();
        }
        finally
        {
            silo.Calls.Fault = null;
        }
    }

    /// <summary>The built-in data has no groups, which the silo finds out while it evaluates.</summary>
    private static async Task AskUntilItFails(ClientSilo silo, SiameseClient client, string ensemble)
    {
        const string Id = "failing";
        var evaluation = silo.Grains.GetGrain<IEvaluationGrain>($"{ensemble} {Id}");
        await evaluation.Start(new EvaluationRequest { Ensemble = ensemble, Pairs = 10, Negatives = Negatives.SameGroup }, CancellationToken.None);
        while ((await evaluation.GetState(CancellationToken.None)).Problem is null)
            await Task.Delay(20);
        await client.Api.V1.Ensembles[ensemble].Evaluations[Id].GetAsync();
    }

    private static async Task Reject(ClientSilo silo, string name)
    {
        await silo.Grains.GetGrain<ISweepGrain>(name).Submit(new SweepRequest { Space = SearchSpace.Of(("batch-size", [2000])) }, CancellationToken.None);
        await silo.Until(name, SweepPhase.Rejected);
    }

    /// <summary>The start of the ids of several trials: there are more of them than there are digits.</summary>
    private static async Task<string> SharedStart(ClientSilo silo)
    {
        await silo.Hold();
        var trials = await silo.Grains.GetGrain<ISweepGrain>(ClientSilo.Held).GetTrials(CancellationToken.None);
        return trials.GroupBy(trial => trial.Trial[..1]).First(start => start.Count() > 1).Key;
    }
}
