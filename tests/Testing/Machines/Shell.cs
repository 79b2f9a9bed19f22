using System.Diagnostics;

namespace Siamese.Testing.Machines;

/// <summary>Runs small programs that prepare the environment.</summary>
internal static class Shell
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its output.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message says how.</exception>
    public static async Task<string> Run(params string[] command)
    {
        var (code, output, error) = await End(command);
        return code == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {code}: {error}");
    }

    /// <summary>Runs a program that may fail.</summary>
    public static async Task Try(params string[] command) => await End(command);

    private static async Task<(int Code, string Output, string Error)> End(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
