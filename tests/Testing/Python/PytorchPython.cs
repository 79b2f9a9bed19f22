using System.Diagnostics;

namespace Siamese.Testing.Python;

/// <summary>A Python that has PyTorch, if this machine has one. Debian's own may come after another on the PATH.</summary>
public static class PytorchPython
{
    private static readonly Lazy<string?> _program = new(() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasTorch));

    /// <summary>The program; null if there is none.</summary>
    public static string? Program => _program.Value;

    /// <summary>Why a test that needs it is skipped; null if it is not skipped.</summary>
    public static string? Missing => Program is null ? "No python3 with torch: Debian's package is python3-torch" : null;

    /// <summary>Runs a script, and returns what it prints.</summary>
    public static string Run(string script, params string[] arguments)
    {
        var (code, output, error) = Start(Program!, ["-c", script, .. arguments]);
        Assert.True(code == 0, error);
        return output;
    }

    private static bool HasTorch(string program)
    {
        try
        {
            return Start(program, ["-c", "import torch"]).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int Code, string Out, string Error) Start(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
