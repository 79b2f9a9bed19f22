using System.Diagnostics;
using System.Globalization;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Access;

/// <summary>Users of one machine, who all reach its loopback.</summary>
public sealed class OtherUserTests(ApiSilo silo) : IClassFixture<ApiSilo>
{
    private const int Nobody = 65534;

    [OtherUserFact]
    public async Task Another_user_of_the_machine_needs_a_key_and_the_silos_own_does_not()
    {
        Assert.StartsWith("HTTP/1.1 200", await As(0), StringComparison.Ordinal);
        var other = await As(Nobody);
        Assert.StartsWith("HTTP/1.1 401", other, StringComparison.Ordinal);
        Assert.Contains("urn:siamese:problem:no-key", other, StringComparison.Ordinal);
        // Neither does he get what the silo's own user was admitted with before.
        Assert.StartsWith("HTTP/1.1 200", await As(0), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401", await As(Nobody), StringComparison.Ordinal);
    }

    /// <summary>What a process of a user gets.</summary>
    private async Task<string> As(int user)
    {
        var id = user.ToString(CultureInfo.InvariantCulture);
        var port = silo.Address.Port.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(new ProcessStartInfo("setpriv",
        [
            $"--reuid={id}", $"--regid={id}", "--clear-groups", "bash", "-c",
            $@"exec 3<>/dev/tcp/127.0.0.1/{port}; printf 'GET /api/v1/cluster HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3; cat <&3",
        ])
        { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }
}

/// <summary>A test with processes of several users; skipped, with the reason, if they cannot be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OtherUserFactAttribute : FactAttribute
{
    public OtherUserFactAttribute() => Skip =
        !OperatingSystem.IsLinux() ? "Only Linux tells who owns the other end of a connection."
        : !Environment.IsPrivilegedProcess ? "Only root may start processes of other users."
        : !File.Exists("/usr/bin/setpriv") ? "`setpriv` is not installed (Debian's package is util-linux)."
        : null;
}
