using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Verdicts;

public sealed class LostMembersTests
{
    [Fact]
    public async Task An_ensemble_reports_missing_weights_and_answers_again_once_they_are_restored()
    {
        await using var home = new Home();
        await using (var silo = await HandStartedSilo.Start(home, "--slots", "1"))
        {
            await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "2", "--epochs", "1", "--name", "forgetful", "--silo", silo.Gateway]);
            await home.Ask("sample", "--out", "samples", "--count", "2", "--silo", silo.Gateway);
        }

        var (blobs, elsewhere) = (Path.Combine(home.Folder, "blobs"), Path.Combine(home.Folder, "elsewhere"));
        Directory.Move(blobs, elsewhere);
        await using var later = await HandStartedSilo.Start(home, "--slots", "1");
        var images = Directory.GetFiles(home.Work, "*.png", SearchOption.AllDirectories);
        string[] verdict = ["verdict", images[0], images[1], "--ensemble", "forgetful", "--silo", later.Gateway];

        var refusal = await home.Client(verdict);
        refusal.Refuses(1, "Ensemble forgetful cannot give a verdict now");
        Assert.Contains("Blob ", refusal.Error, StringComparison.Ordinal);

        Directory.Move(elsewhere, blobs);
        var answer = await home.Client(verdict);
        // A silo tries a lost member again after a few seconds.
        for (var tries = 1; answer.ExitCode == 1 && tries < 20; tries++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            answer = await home.Client(verdict);
        }

        answer.Exits(0);
        Assert.False((await home.Ask(verdict)).GetProperty("degraded").GetBoolean());
    }
}
