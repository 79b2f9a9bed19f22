using Siamese.ApiClient;
using Call = System.Func<Siamese.Web.Tests.GeneratedClient.ClientSilo, Siamese.ApiClient.SiameseClient, System.Threading.Tasks.Task<object?>>;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>Names that are enrolled with an ensemble.</summary>
internal static class NameCalls
{
    public static readonly Dictionary<string, Call> All = new()
    {
        ["PUT /api/v1/ensembles/{ensemble}/names/{name}/images/{sha256}"] = async (silo, client) =>
        {
            var enrolled = await Enroll(silo, client, "Ann of X/Y");
            Assert.Equal((true, 0), (enrolled.Added, enrolled.Remarks!.Count));
            return enrolled;
        },
        ["GET /api/v1/ensembles/{ensemble}/names"] = List,
        ["POST /api/v1/ensembles/{ensemble}/identify"] = Identify,
        ["DELETE /api/v1/ensembles/{ensemble}/names/{name}"] = Forget,
    };

    private static async Task<ApiClient.Models.EnrolledDocument> Enroll(ClientSilo silo, SiameseClient client, string name)
    {
        var image = (await silo.Images(1))[0].Bytes.ToArray();
        using var body = new MemoryStream(image);
        return (await client.Api.V1.Ensembles[ClientSilo.Ensemble].Names[name].Images[ClientSilo.Sha256(image)].PutAsync(body, "image/png"))!;
    }

    private static async Task<object?> List(ClientSilo silo, SiameseClient client)
    {
        await Enroll(silo, client, "Ben");

        var names = await client.Api.V1.Ensembles[ClientSilo.Ensemble].Names.GetAsync();

        Assert.Contains(("Ben", 1), names!.Names!.Select(name => (name.Name!, name.Images!.Value)));
        return names;
    }

    private static async Task<object?> Identify(ClientSilo silo, SiameseClient client)
    {
        await Enroll(silo, client, "Cid");
        var image = (await silo.Images(1))[0].Bytes.ToArray();

        using var body = new MemoryStream(image);
        var answer = await client.Api.V1.Ensembles[ClientSilo.Ensemble].Identify.PostAsync(body, "image/png", request => request.QueryParameters.Top = 1000);

        var match = answer!.Matches!.Single(match => match.Name == "Cid");
        Assert.Equal((ClientSilo.Sha256(image), 0.0), (match.Image, Math.Round(match.Distance!.Value, 3)));
        return answer;
    }

    private static async Task<object?> Forget(ClientSilo silo, SiameseClient client)
    {
        await Enroll(silo, client, "Dora");

        var forgotten = await client.Api.V1.Ensembles[ClientSilo.Ensemble].Names["Dora"].DeleteAsync();

        Assert.Equal(1, forgotten!.Images);
        return forgotten;
    }
}
