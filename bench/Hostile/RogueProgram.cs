using System.Diagnostics;
using System.Globalization;
using System.Net;
using Siamese.Bench.Silos;
using Siamese.Contracts;
using Siamese.Contracts.Connections;

namespace Siamese.Bench.Hostile;

/// <summary>
/// A rogue client in a process of its own. It yields to every other process, because in a real attack it would not be on the silo's
/// machine and take the silo's processors.
/// </summary>
internal static class RogueProgram
{
    /// <summary>First argument that turns this program into such a client.</summary>
    public const string Command = "rogue-calls";

    private const int AtOnce = 4;

    /// <summary>Starts one, which calls until it is killed.</summary>
    public static Process Start(IPEndPoint gateway, TlsFiles files, int seed, string[] names) => Process.Start(
        new ProcessStartInfo(
            "nice",
            ["-n", "19", Environment.ProcessPath!, Command, $"{gateway}", files.Certificate, files.Key, files.Authority, seed.ToString(CultureInfo.InvariantCulture), .. names]))!;

    public static async Task<int> Run(string[] args)
    {
        var files = new TlsFiles(args[1], args[2], args[3]);
        using var client = await GrainClient.Connect(MutualTls.Load(files, ClusterNames.DefaultClusterId, isSilo: false), IPEndPoint.Parse(args[0]));
        var rogue = new RogueCalls(GrainClient.Grains(client), int.Parse(args[4], CultureInfo.InvariantCulture), args[5..]);
        var number = 0;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (true)
                await rogue.Call(Interlocked.Increment(ref number));
        })));
        return 0;
    }
}
