using Siamese.ApiClient;
using Siamese.ApiClient.Models;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Call = System.Func<Siamese.Web.Tests.GeneratedClient.ClientSilo, Siamese.ApiClient.SiameseClient, System.Threading.Tasks.Task<object?>>;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>Sweeps, from their submission to their removal.</summary>
internal static class SweepCalls
{
    public static readonly Dictionary<string, Call> All = new()
    {
        ["GET /api/v1/sweeps"] = List,
        ["POST /api/v1/sweeps"] = Submit,
        ["GET /api/v1/sweeps/{sweep}"] = Get,
        ["DELETE /api/v1/sweeps/{sweep}"] = Remove,
        ["GET /api/v1/sweeps/{sweep}/result"] = GetResult,
        ["GET /api/v1/sweeps/{sweep}/events"] = GetEvents,
        ["GET /api/v1/sweeps/{sweep}/importance"] = GetImportance,
        ["POST /api/v1/sweeps/{sweep}/cancel"] = Cancel,
        ["POST /api/v1/sweeps/{sweep}/finish"] = Finish,
        ["POST /api/v1/sweeps/{sweep}/retry"] = Retry,
        ["POST /api/v1/sweeps/{sweep}/extend"] = Extend,
    };

    private static async Task<object?> List(ClientSilo silo, SiameseClient client)
    {
        var all = await client.Api.V1.Sweeps.GetAsync();

        Assert.Contains((ClientSilo.Ensemble, "completed", ClientSilo.Ensemble), all!.Sweeps!.Select(sweep => (sweep.Sweep, sweep.Phase, sweep.Ensemble)));
        return all;
    }

    /// <summary>A value, a list and a range, of numbers, words and sizes.</summary>
    private static async Task<object?> Submit(ClientSilo silo, SiameseClient client)
    {
        const string Name = "submitted";

        var submitted = await client.Api.V1.Sweeps.PostAsync(new()
        {
            Name = Name,
            Space = new()
            {
                Epochs = new() { NumberChoiceDouble = 1 },
                Steps = new() { Double = [5, 6] },
                Margin = new() { NumberRange = new() { Low = 0.5, High = 2, Log = true } },
                Loss = new() { String = ["contrastive", "triplet"] },
                Optimizer = new() { WordChoiceString = "adam" },
                InputSize = new() { String = "28x28" },
            },
            Search = "random",
            Points = 3,
            Seeds = [1, 2],
            ForSeconds = 1000.5,
        });

        Assert.Equal((Name, null), (submitted!.Sweep, submitted.Problem));
        await silo.Until(Name, SweepPhase.Running);
        var sweep = silo.Grains.GetGrain<ISweepGrain>(Name);
        var trials = (await sweep.GetTrials(CancellationToken.None)).Select(trial => trial.Spec).ToArray();
        Assert.Equal(6, trials.Length);
        Assert.All(trials, trial => Assert.Equal((1, "adam"), (trial.Hyperparameters.Epochs, Words.Of(trial.Hyperparameters.Optimizer))));
        Assert.All(trials, trial => Assert.InRange(trial.Hyperparameters.Steps!.Value, 5, 6));
        Assert.All(trials, trial => Assert.InRange(trial.Hyperparameters.Margin!.Value, 0.5, 2));
        Assert.Equal([1, 2], trials.Select(trial => trial.Seed).Distinct().Order());
        await sweep.Cancel(CancellationToken.None);
        await silo.Until(Name, SweepPhase.Cancelled, SweepPhase.Completed);
        return submitted;
    }

    private static async Task<object?> Get(ClientSilo silo, SiameseClient client)
    {
        var status = await client.Api.V1.Sweeps[ClientSilo.Ensemble].GetAsync();

        Assert.Equal(("completed", "mnist-mini", 2, 2, 0), (status!.Phase, status.Data, status.Trials, status.Ended, status.Waiting));
        Assert.Empty(status.Running!);
        return status;
    }

    private static async Task<object?> Remove(ClientSilo silo, SiameseClient client)
    {
        await client.Api.V1.Sweeps.PostAsync(Asks.Sweep("short"));
        await silo.Until("short", SweepPhase.Completed);

        var removed = await client.Api.V1.Sweeps["short"].DeleteAsync();

        Assert.Equal("short", removed!.Sweep);
        Assert.True(removed.FreedBytes > 0);
        return removed;
    }

    private static async Task<object?> GetResult(ClientSilo silo, SiameseClient client)
    {
        var result = await client.Api.V1.Sweeps[ClientSilo.Ensemble].Result.GetAsync();

        Assert.Equal((ClientSilo.Ensemble, 2), (result!.Ensemble, result.Trials!.Count));
        Assert.Equal((2, 2), (result.Points!.Single().Usable, result.Points!.Single().Trials!.Count));
        Assert.Equal(10, result.Points!.Single().Hyperparameters!.Steps);
        Assert.InRange(result.Test!.Eer!.Value, 0, 1);
        Assert.NotNull(result.BestMember!.Trial);
        return result;
    }

    private static async Task<object?> GetEvents(ClientSilo silo, SiameseClient client)
    {
        await using var events = await client.Api.V1.Sweeps[ClientSilo.Ensemble].Events.GetAsync();
        using var reader = new StreamReader(events!);
        var text = await reader.ReadToEndAsync();
        var last = text.Split('\n').Last(line => line.StartsWith("id: ", StringComparison.Ordinal))["id: ".Length..];
        Assert.Contains("event: ended", text, StringComparison.Ordinal);

        var nothing = await client.Api.V1.Sweeps[ClientSilo.Ensemble].Events.GetAsync(request => request.Headers.Add("Last-Event-ID", last));

        Assert.Null(nothing);
        return null;
    }

    private static async Task<object?> GetImportance(ClientSilo silo, SiameseClient client)
    {
        await silo.TrainVaried();

        var importance = await client.Api.V1.Sweeps[ClientSilo.Varied].Importance.GetAsync();

        Assert.Equal((4, 4), (importance!.Trials, importance.Points));
        var best = importance.Hyperparameters!.ToDictionary(one => one.Hyperparameter!, one => one.Best!);
        Assert.Contains(best["margin"].Low!.Double, (double?[])[0.5, 1]);
        Assert.Contains(best["loss"].Low!.String, (string[])["contrastive", "triplet"]);
        return importance;
    }

    private static async Task<object?> Cancel(ClientSilo silo, SiameseClient client)
    {
        await client.Api.V1.Sweeps.PostAsync(LongSweep("cancelled"));

        var status = await client.Api.V1.Sweeps["cancelled"].Cancel.PostAsync();

        Assert.Equal("cancelled", status!.Sweep);
        await silo.Until("cancelled", SweepPhase.Cancelled);
        return status;
    }

    private static async Task<object?> Finish(ClientSilo silo, SiameseClient client)
    {
        await client.Api.V1.Sweeps.PostAsync(LongSweep("finished"));
        await silo.UntilTrained("finished");

        var status = await client.Api.V1.Sweeps["finished"].Finish.PostAsync();

        Assert.Equal("finished", status!.Sweep);
        await silo.Until("finished", SweepPhase.Completed);
        return status;
    }

    private static async Task<object?> Retry(ClientSilo silo, SiameseClient client)
    {
        var status = await client.Api.V1.Sweeps[ClientSilo.Ensemble].Retry.PostAsync();

        await silo.Until(ClientSilo.Ensemble, SweepPhase.Completed);
        Assert.Equal((ClientSilo.Ensemble, 2), (status!.Sweep, status.Trials));
        return status;
    }

    private static async Task<object?> Extend(ClientSilo silo, SiameseClient client)
    {
        await client.Api.V1.Sweeps.PostAsync(LongSweep("extended"));
        await silo.UntilTrained("extended");

        var status = await client.Api.V1.Sweeps["extended"].Extend.PostAsync(new() { Points = 3, UntilEer = 0.001 });

        Assert.Equal(3, status!.Trials);
        await silo.Grains.GetGrain<ISweepGrain>("extended").Cancel(CancellationToken.None);
        await silo.Until("extended", SweepPhase.Cancelled, SweepPhase.Completed);
        return status;
    }

    /// <summary>A sweep with one trial that ends if somebody ends it.</summary>
    private static SweepOrder LongSweep(string name) => new()
    {
        Name = name,
        Space = new() { Margin = new() { NumberRange = new() { Low = 0.5, High = 2 } }, Epochs = new() { NumberChoiceDouble = 1000 }, Steps = new() { NumberChoiceDouble = 5 } },
        Search = "random",
        Points = 1,
        // Else the sweeps have the same trial, which would end with one of them.
        SearchSeed = name.Length * 1000 + name[0],
    };
}
