using Microsoft.Kiota.Abstractions.Serialization;
using Call = System.Func<Siamese.Web.Tests.GeneratedClient.ClientSilo, Siamese.ApiClient.SiameseClient, System.Threading.Tasks.Task<object?>>;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>The generated client calls every operation, and its types contain what was answered.</summary>
[Collection(OneClientSilo.Name)]
public sealed class SuccessTests(ClientSilo silo)
{
    private static readonly Dictionary<string, Call> _calls = new(
    [
        .. VerdictCalls.All, .. EnsembleCalls.All, .. NameCalls.All, .. SweepCalls.All, .. TrialCalls.All, .. UploadCalls.All, .. ClusterCalls.All,
    ]);

    public static TheoryData<string> All => [.. Documented.All.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_operation_answers_with_everything_in_generated_types(string operation)
    {
        await silo.Train();
        var wire = new Wire();
        Assert.True(_calls.TryGetValue(operation, out var call), $"{operation} is not called yet; add it to the calls of its topic.");

        var read = await call(silo, silo.Client(wire));

        Assert.Contains(wire.Answers, answer => answer.Operation == operation && answer.Status < 300);
        Assert.All(wire.Answers, answer => Assert.True(answer.Status < 300, $"{answer}"));
        if (Documented.Named(operation).AnswersWithJson)
            await Carried.Check(Assert.IsAssignableFrom<IParsable>(read), wire.Document!);
    }
}
