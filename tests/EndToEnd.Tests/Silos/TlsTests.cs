using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

public sealed class TlsTests
{
    [Fact]
    public async Task Silos_and_clients_of_one_authority_work_together_and_refuse_everyone_else()
    {
        await using var home = new Home();
        var (ours, others) = (new Certificates(home, "ours"), new Certificates(home, "others"));
        await using var one = await Start(home, await ours.Issue("silo", "one"));
        await using var two = await Start(home, await ours.Issue("silo", "two"));
        var me = await ours.Issue("train", "me");

        await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "2", "--epochs", "1", "--name", "sealed", "--silo", one.Gateway, .. me]);
        Assert.Equal("completed", (await home.Ask(["status", "sealed", "--silo", two.Gateway, .. me])).Text("phase"));

        (await home.Client("status", "--silo", one.Gateway)).Refuses(3, "--tls-certificate");
        (await home.Client(["status", "--silo", one.Gateway, .. await others.Issue("train", "stranger")]))
            .Refuses(3, "the certificate of 'CN=one' was not issued by the stated authority");
        await one.Program.Says("A connection from");
    }

    [Fact]
    public async Task Certificates_from_the_environment_apply_only_to_named_silos()
    {
        await using var home = new Home();
        var ours = new Certificates(home, "ours");
        await using var silo = await Start(home, await ours.Issue("silo", "one"));
        var me = await ours.Issue("train", "me");
        (string, string)[] environment = [("SIAMESE_TLS_CERTIFICATE", me[1]), ("SIAMESE_TLS_KEY", me[3]), ("SIAMESE_TLS_AUTHORITY", me[5])];

        await using var named = home.Start(Built.Client, ["status", "--silo", silo.Gateway], environment);
        (await named.Ends()).Exits(0);
        await using var local = home.Start(Built.Client, ["status"], environment);
        (await local.Ends()).Exits(0);
    }

    [Fact]
    public async Task Invalid_certificate_options_are_reported_before_anything_starts()
    {
        await using var home = new Home();
        var ours = new Certificates(home, "ours");
        var (one, two) = (await ours.Issue("silo", "one"), await ours.Issue("silo", "two"));
        var mixed = one.ToArray();
        mixed[3] = two[3];

        (await Silo(home, mixed)).Refuses(2, ours.FileOf("two.key"));
        (await Silo(home, one[..4])).Refuses(2, "--tls-authority is missing");
        (await Silo(home, [.. one, "--insecure"])).Refuses(2, "--insecure");
        (await home.Client(["status", "--silo", "localhost:1", .. mixed])).Refuses(2, ours.FileOf("two.key"));
        (await home.Client(["status", .. one])).Refuses(2, "--tls-certificate: only valid with --silo");
    }

    private static Task<HandStartedSilo> Start(Home home, string[] certificate) =>
        HandStartedSilo.Start(home, ["--slots", "1", "--store", $"sqlite:{Path.Combine(home.Work, "shared.db")}", .. certificate]);

    private static async Task<Outcome> Silo(Home home, string[] options)
    {
        await using var silo = home.Start(Built.Silo, ["--silo-port", "0", "--gateway-port", "0", .. options]);
        return await silo.Ends();
    }
}
