using System.Text;
using System.Text.Json;
using Microsoft.Kiota.Abstractions.Serialization;
using Siamese.ApiClient;
using Siamese.ApiClient.Models;
using Siamese.Contracts.Ensembles;
using Call = System.Func<Siamese.Web.Tests.GeneratedClient.ClientSilo, Siamese.ApiClient.SiameseClient, System.Threading.Tasks.Task<object?>>;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>Verdicts, what pairs really are, and embeddings.</summary>
internal static class VerdictCalls
{
    public static readonly Dictionary<string, Call> All = new()
    {
        ["POST /api/v1/verdicts"] = Judge,
        ["POST /api/v1/verdicts/batch"] = JudgeBatch,
        ["PUT /api/v1/verdicts/{id}/truth"] = async (silo, client) => (await Tell(silo, client)).Feedback,
        ["DELETE /api/v1/verdicts/{id}/truth"] = TakeBack,
        ["POST /api/v1/embeddings"] = Embed,
    };

    private static async Task<object?> Judge(ClientSilo silo, SiameseClient client)
    {
        var images = await silo.Images(2);
        var expected = await Verdict(silo);

        var verdict = await client.Api.V1.Verdicts.PostAsync(new() { First = Document(images[0]), Second = Document(images[1]), Ensemble = ClientSilo.Ensemble, Prior = 0.5, Unsure = [0.4999, 0.5001] });

        Assert.Equal((expected.Distance, expected.Threshold, expected.Probability, 0.5), (verdict!.Distance, verdict.Threshold, verdict.Probability, verdict.Prior));
        Assert.Equal((ClientSilo.Ensemble, (int?)expected.Version, false), (verdict.Ensemble, verdict.Version, verdict.Degraded));
        Assert.Equal(expected.Members.Select(member => (member.Trial, (double?)member.Weight)), verdict.Members!.Select(member => (member.Trial!, member.Weight)));
        Assert.Null(verdict.References);
        return verdict;
    }

    private static async Task<object?> JudgeBatch(ClientSilo silo, SiameseClient client)
    {
        var images = await silo.Images(2);
        var expected = await Verdict(silo);
        var lines = string.Join('\n', images.Select((image, i) => $$"""{"image": "{{i}}", "data": "{{Convert.ToBase64String(image.Bytes.AsSpan())}}"}""").Append("""{"pair": ["0", "1"]}"""));
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(lines));

        await using var answers = await client.Api.V1.Verdicts.Batch.PostAsync(body, request => (request.QueryParameters.Ensemble, request.QueryParameters.Unsure) = (ClientSilo.Ensemble, [0.2, 0.8]));

        var answer = (await JsonDocument.ParseAsync(answers!)).RootElement;
        Assert.Equal((3, expected.Distance), (answer.GetProperty("line").GetInt32(), answer.GetProperty("verdict").GetProperty("distance").GetDouble()));
        return null;
    }

    private static async Task<(FeedbackDocument Feedback, string Verdict)> Tell(ClientSilo silo, SiameseClient client)
    {
        var id = (await Verdict(silo)).Id!;

        var feedback = await client.Api.V1.Verdicts[id].Truth.PutAsync(new() { Truth = "same" });

        Assert.Equal((1, ClientSilo.Ensemble, 1, 0), (feedback!.Given, feedback.Ensembles![0].Ensemble, feedback.Ensembles[0].Same, feedback.Ensembles[0].Different));
        return (feedback, id);
    }

    private static async Task<object?> TakeBack(ClientSilo silo, SiameseClient client)
    {
        var (_, id) = await Tell(silo, client);

        var left = await client.Api.V1.Verdicts[id].Truth.DeleteAsync();

        Assert.Equal((1, 0), (left!.TakenBack, left.Ensemble!.Same));
        return left;
    }

    private static async Task<object?> Embed(ClientSilo silo, SiameseClient client)
    {
        var images = await silo.Images(2);
        var expected = await silo.Grains.GetGrain<IVerdictGrain>(ClientSilo.Ensemble).Embed([.. images], null, CancellationToken.None);

        var embedded = await client.Api.V1.Embeddings.PostAsync(new() { Ensemble = ClientSilo.Ensemble, Images = [Document(images[0]), new() { Data = [1], Name = "odd" }, Document(images[1])] });

        Assert.Equal([true, false, true], embedded!.Problems!.Select(problem => problem is null));
        var rows = Assert.IsType<UntypedArray>(embedded.Members![0].Rows).GetValue().Cast<UntypedArray>().ToArray();
        Assert.Equal(expected.Members[0].Rows.AsEnumerable(), rows.SelectMany(row => row.GetValue()).Select(Number));
        return embedded;
    }

    /// <summary>The verdict on the first two images.</summary>
    private static async Task<Verdict> Verdict(ClientSilo silo)
    {
        var images = await silo.Images(2);
        return await silo.Grains.GetGrain<IVerdictGrain>(ClientSilo.Ensemble).Judge(images[0], images[1], VerdictTerms.Default, CancellationToken.None);
    }

    private static ImageDocument Document(ImageFile image) => new() { Data = image.Bytes.ToArray(), Name = image.Name };

    private static float Number(UntypedNode node) => node switch
    {
        UntypedDecimal number => (float)number.GetValue(),
        UntypedDouble number => (float)number.GetValue(),
        UntypedFloat number => number.GetValue(),
        UntypedInteger number => number.GetValue(),
        UntypedLong number => number.GetValue(),
        _ => throw new InvalidOperationException($"{node.GetType().Name} is not a number."),
    };
}
