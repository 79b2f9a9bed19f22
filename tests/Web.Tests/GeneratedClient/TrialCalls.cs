using Siamese.ApiClient;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Call = System.Func<Siamese.Web.Tests.GeneratedClient.ClientSilo, Siamese.ApiClient.SiameseClient, System.Threading.Tasks.Task<object?>>;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>Trials of sweeps.</summary>
internal static class TrialCalls
{
    public static readonly Dictionary<string, Call> All = new()
    {
        ["GET /api/v1/sweeps/{sweep}/trials"] = List,
        ["GET /api/v1/sweeps/{sweep}/trials/{trial}"] = Get,
        ["POST /api/v1/sweeps/{sweep}/trials/{trial}/cancel"] = Cancel,
        ["POST /api/v1/sweeps/{sweep}/trials/{trial}/finish"] = Finish,
    };

    private static async Task<object?> List(ClientSilo silo, SiameseClient client)
    {
        await silo.TrainVaried();

        var first = await client.Api.V1.Sweeps[ClientSilo.Varied].Trials.GetAsync(request =>
            (request.QueryParameters.Sort, request.QueryParameters.Limit, request.QueryParameters.State, request.QueryParameters.Where) = ("-margin", 1, ["completed", "failed"], ["margin:0.1..3", "loss:triplet"]));
        var second = await client.Api.V1.Sweeps[ClientSilo.Varied].Trials.GetAsync(request =>
            (request.QueryParameters.Sort, request.QueryParameters.Limit, request.QueryParameters.After, request.QueryParameters.Where) = ("-margin", 1, first!.Next, ["loss:triplet"]));

        Assert.Equal((2, 2, null), (first!.Matching, second!.Matching, second.Next));
        Assert.Equal([1.0, 0.5], new[] { first, second }.Select(page => page.Trials!.Single().Hyperparameters!.Margin!.Value));
        return second;
    }

    private static async Task<object?> Get(ClientSilo silo, SiameseClient client)
    {
        var expected = (await silo.Grains.GetGrain<ISweepGrain>(ClientSilo.Ensemble).GetTrials(CancellationToken.None))[0];

        var trial = await client.Api.V1.Sweeps[ClientSilo.Ensemble].Trials[expected.Trial[..10]].GetAsync();

        Assert.Equal((expected.Trial, "completed", expected.Spec.Seed, 1), (trial!.Trial, trial.Status, trial.Seed, trial.Epochs));
        Assert.Equal((10, 1, "conv"), (trial.Hyperparameters!.Steps, trial.Hyperparameters.Epochs, trial.Hyperparameters.Encoder));
        Assert.Equal(expected.Spec.Hyperparameters.LearningRate, trial.Hyperparameters.LearningRate);
        Assert.Equal(28, trial.Hyperparameters.InputSize!.Integer);
        Assert.Equal([expected.Result!.Validation!.Eer], trial.Eers!);
        Assert.Single(trial.Losses!);
        return trial;
    }

    private static async Task<object?> Cancel(ClientSilo silo, SiameseClient client)
    {
        var trial = await Begin(silo, "ofcancelled", 0.61);

        var status = await client.Api.V1.Sweeps["ofcancelled"].Trials[trial].Cancel.PostAsync();

        Assert.Equal("ofcancelled", status!.Sweep);
        await silo.Until("ofcancelled", SweepPhase.Cancelled, SweepPhase.Completed);
        return status;
    }

    private static async Task<object?> Finish(ClientSilo silo, SiameseClient client)
    {
        var trial = await Begin(silo, "offinished", 0.62);

        var status = await client.Api.V1.Sweeps["offinished"].Trials[trial].Finish.PostAsync();

        Assert.Equal("offinished", status!.Sweep);
        await silo.Until("offinished", SweepPhase.Completed);
        return status;
    }

    /// <returns>Id of a trial that has been trained for an epoch.</returns>
    private static async Task<string> Begin(ClientSilo silo, string name, double margin)
    {
        var sweep = silo.Grains.GetGrain<ISweepGrain>(name);
        await sweep.Submit(new SweepRequest { Space = SearchSpace.Of(("margin", [margin]), ("epochs", [1000]), ("steps", [5])) }, CancellationToken.None);
        return await silo.UntilTrained(name);
    }
}
