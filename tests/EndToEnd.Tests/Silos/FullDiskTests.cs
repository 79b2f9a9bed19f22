using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;
using Siamese.Testing.Disks;

namespace Siamese.EndToEnd.Tests.Silos;

public sealed class FullDiskTests
{
    [SmallDiskFact]
    public async Task A_sweep_waits_while_the_disk_of_its_store_is_full_and_completes_once_there_is_space()
    {
        using var disk = new SmallDisk(megabytes: 24);
        await using var home = new Home();
        var store = $"sqlite:{Path.Combine(disk.Folder, "siamese.db")}";
        await using (var silo = await HandStartedSilo.Start(home, "--slots", "1", "--store", store))
        {
            await using var client = home.StartClient(
                "sweep", "--data", SmallData.Folder, "--margins", "2", "--seeds", "1,2", "--epochs", "2", "--steps", "15", "--name", "full",
                "--format", "json", "--silo", silo.Gateway);
            await silo.Program.Says("training starts");

            disk.Fill();
            await silo.Program.Says($"The disk is full: there is no space for {disk.Folder}");
            // The first trial has been trained, and what it came to has nowhere to go yet.
            await silo.Program.Says("could not be delivered; it is kept and retried");
            disk.Free();

            var sweep = (await client.Ends()).Exits(0).Document;
            Assert.Equal(["completed", "completed"], sweep.List("trials").Select(trial => trial.Text("status")));
            Assert.Equal(2, silo.Began().Count);
        }

        await using var check = home.Start(Built.Silo, ["store", "check", "--store", store]);
        (await check.Ends()).Exits(0);
    }
}
