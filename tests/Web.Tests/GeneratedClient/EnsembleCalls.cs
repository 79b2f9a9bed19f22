using System.IO.Compression;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using Siamese.ApiClient;
using Siamese.ApiClient.Models;
using Siamese.Contracts.Ensembles;
using Call = System.Func<Siamese.Web.Tests.GeneratedClient.ClientSilo, Siamese.ApiClient.SiameseClient, System.Threading.Tasks.Task<object?>>;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>Ensembles: their versions, evaluations, recalibration, export and import.</summary>
internal static class EnsembleCalls
{
    private const int Pairs = 50;

    public static readonly Dictionary<string, Call> All = new()
    {
        ["GET /api/v1/ensembles"] = List,
        ["GET /api/v1/ensembles/{ensemble}"] = Get,
        ["GET /api/v1/ensembles/{ensemble}/versions"] = GetVersions,
        ["GET /api/v1/ensembles/{ensemble}/versions/{version}"] = GetVersion,
        ["GET /api/v1/ensembles/{ensemble}/versions/{version}/export"] = Export,
        ["POST /api/v1/ensembles/{ensemble}/import"] = async (silo, client) => await Import(silo, client, "imported"),
        ["DELETE /api/v1/ensembles/{ensemble}"] = Remove,
        ["POST /api/v1/ensembles/{ensemble}/recalibrate"] = Recalibrate,
        ["POST /api/v1/ensembles/{ensemble}/recalibrate/preview"] = Preview,
        ["POST /api/v1/ensembles/{ensemble}/evaluations"] = async (_, client) => (await Evaluate(client)).Started,
        ["GET /api/v1/ensembles/{ensemble}/evaluations/{id}"] = GetEvaluation,
    };

    private static async Task<object?> List(ClientSilo silo, SiameseClient client)
    {
        var newest = await Newest(silo);

        var all = await client.Api.V1.Ensembles.GetAsync();

        Assert.Contains((newest.Ensemble.Name, newest.Ensemble.Version), all!.Ensembles!.Select(one => (one.Ensemble!, one.Version!.Value)));
        return all;
    }

    private static async Task<object?> Get(ClientSilo silo, SiameseClient client)
    {
        var newest = await Newest(silo);

        var ensemble = await client.Api.V1.Ensembles[ClientSilo.Ensemble].GetAsync();

        Assert.Equal((newest.Ensemble.Version, newest.Ensemble.FormedAt), (ensemble!.Version, ensemble.FormedAt));
        Assert.Equal(newest.Ensemble.Members.Select(member => member.Trial), ensemble.Members!.Select(member => member.Trial));
        Assert.Equal(newest.Test!.Eer, ensemble.Test!.Eer);
        Assert.Null(ensemble.Recalibration);
        return ensemble;
    }

    private static async Task<object?> GetVersions(ClientSilo silo, SiameseClient client)
    {
        var newest = await Newest(silo);

        var versions = await client.Api.V1.Ensembles[ClientSilo.Ensemble].Versions.GetAsync();

        Assert.Equal(Enumerable.Range(1, newest.Ensemble.Version), versions!.Ensembles!.Select(one => one.Version!.Value));
        return versions;
    }

    private static async Task<object?> GetVersion(ClientSilo silo, SiameseClient client)
    {
        var version = await client.Api.V1.Ensembles[ClientSilo.Ensemble].Versions[1].GetAsync();

        Assert.Equal((ClientSilo.Ensemble, 1), (version!.Ensemble, version.Version));
        return version;
    }

    private static async Task<object?> Export(ClientSilo silo, SiameseClient client)
    {
        await using var exported = await client.Api.V1.Ensembles[ClientSilo.Ensemble].Versions[1].Export.GetAsync();
        using var whole = new MemoryStream();
        await exported!.CopyToAsync(whole);

        await using var archive = new ZipArchive(whole);
        Assert.Contains("manifest.json", archive.Entries.Select(entry => entry.FullName));
        return null;
    }

    private static async Task<ImportedDocument> Import(ClientSilo silo, SiameseClient client, string name)
    {
        await using var archive = await silo.Export();

        var imported = await client.Api.V1.Ensembles[name].Import.PostAsync(archive, request => request.QueryParameters.Default = false);

        Assert.Equal((name, 1, $"{ClientSilo.Ensemble}@{(await Newest(silo)).Ensemble.Version}", false), (imported!.Ensemble, imported.Version, imported.From, imported.WasThere));
        return imported;
    }

    private static async Task<object?> Remove(ClientSilo silo, SiameseClient client)
    {
        await Import(silo, client, "removed");

        var removed = await client.Api.V1.Ensembles["removed"].DeleteAsync();

        Assert.Equal("removed", removed!.Ensemble);
        Assert.True(removed.FreedBytes > 0);
        return removed;
    }

    private static async Task<object?> Recalibrate(ClientSilo silo, SiameseClient client)
    {
        await silo.Teach();
        var preview = await client.Api.V1.Ensembles[ClientSilo.Taught].Recalibrate.Preview.PostAsync(new());

        var made = await client.Api.V1.Ensembles[ClientSilo.Taught].Recalibrate.PostAsync(new() { Slope = preview!.Slope, Shift = preview.Shift, Trust = [] });

        Assert.Equal((preview.Slope, preview.Shift, preview.LossAfter), (made!.Slope, made.Shift, made.LossAfter));
        return made;
    }

    private static async Task<object?> Preview(ClientSilo silo, SiameseClient client)
    {
        await silo.Teach();

        var preview = await client.Api.V1.Ensembles[ClientSilo.Taught].Recalibrate.Preview.PostAsync(new());

        Assert.Equal((ClientSilo.Taught, 30), (preview!.Ensemble, preview.Feedback));
        Assert.Equal(30, preview.Callers!.Sum(caller => caller.Entries));
        return preview;
    }

    private static async Task<(EvaluationStateDocument Started, string? Location)> Evaluate(SiameseClient client)
    {
        var headers = new HeadersInspectionHandlerOption { InspectResponseHeaders = true };

        var started = await client.Api.V1.Ensembles[ClientSilo.Ensemble].Evaluations.PostAsync(new() { Pairs = Pairs, Seed = 7 }, request =>
        {
            request.Headers.Add("Idempotency-Key", "one evaluation for all tests");
            request.Options.Add(headers);
        });

        Assert.Contains(started!.State, (string?[])["running", "completed"]);
        var location = headers.ResponseHeaders["Location"].Single();
        Assert.Equal($"evaluations/{started.Id}", location);
        return (started, location);
    }

    private static async Task<object?> GetEvaluation(ClientSilo silo, SiameseClient client)
    {
        var state = (await Evaluate(client)).Started;

        while (state.State == "running")
        {
            await Task.Delay(20);
            state = (await client.Api.V1.Ensembles[ClientSilo.Ensemble].Evaluations[state.Id!].GetAsync())!;
        }

        // If it had ended at once, it would not have been asked for.
        state = (await client.Api.V1.Ensembles[ClientSilo.Ensemble].Evaluations[state.Id!].GetAsync())!;
        Assert.Equal(("completed", ClientSilo.Ensemble, "pairs", 7), (state.State, state.Result!.Ensemble, state.Result.Protocol, state.Result.Seed));
        Assert.Equal((Pairs, Pairs), (state.Result.Pairs!.Same, state.Result.Pairs.Different));
        Assert.InRange(state.Result.Pairs.Ensemble!.Eer!.Value!.Value, 0, 1);
        Assert.Null(state.Result.OneShot);
        return state;
    }

    private static async Task<EnsembleSummary> Newest(ClientSilo silo) =>
        (await silo.Grains.GetGrain<IEnsembleGrain>(ClientSilo.Ensemble).GetNewest(CancellationToken.None))!;
}
