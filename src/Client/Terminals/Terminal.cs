using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Siamese.Client.Words;
using Spectre.Console;

namespace Siamese.Client.Terminals;

/// <summary>The streams that the client reads and writes.</summary>
/// <param name="Console">Standard output with colours and a width, for people.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="IsLive">Whether standard output is a terminal on which lines can be redrawn.</param>
/// <param name="CanAsk">Whether standard input is a terminal, so that someone can answer a question.</param>
/// <param name="ErrorWidth">Number of columns if standard error is a terminal on which a line can be redrawn; otherwise null.</param>
/// <param name="ReadKey">Waits for a key, in lower case; null at the end of input.</param>
internal sealed record Terminal(
    IAnsiConsole Console,
    TextWriter Out,
    TextWriter Error,
    bool IsLive,
    bool CanAsk,
    int? ErrorWidth,
    Func<CancellationToken, Task<char?>> ReadKey)
{
    /// <summary>Width of tables and lines that go to a file or a pipe.</summary>
    private const int UnboundedWidth = 4096;

    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(50);

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess(TimeProvider clock)
    {
        var console = Write(System.Console.Out, System.Console.IsOutputRedirected);
        var isLive = !System.Console.IsOutputRedirected && console.Profile.Capabilities.Ansi;
        return new(
            console, System.Console.Out, System.Console.Error, isLive, !System.Console.IsInputRedirected, ErrorWidthOf(console),
            cancellation => ReadConsoleKey(clock, cancellation));
    }

    /// <summary>A terminal without a size or a cursor cannot redraw a line.</summary>
    private static int? ErrorWidthOf(IAnsiConsole console)
    {
        if (System.Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb")
            return null;
        // Standard output may be a file, for which the console has a width without a limit.
        return System.Console.IsOutputRedirected ? OwnWidth() : console.Profile.Width;

        static int? OwnWidth()
        {
            try
            {
                return System.Console.WindowWidth is var width and > 1 ? width : null;
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>Answers on standard output: with a document for programs, or with text for people.</summary>
    public void Answer<T>(OutputFormat format, T document, JsonTypeInfo<T> type, Action<IAnsiConsole> write)
    {
        if (format == OutputFormat.Json)
            Out.WriteLine(JsonSerializer.Serialize(document, type));
        else
            write(Console);
    }

    /// <summary>Asks on standard error, and waits for one of the keys that answer; null at the end of input.</summary>
    public async Task<char?> Ask(string question, string answers, CancellationToken cancellation)
    {
        await Error.WriteAsync(question);
        char? key;
        do
            key = await ReadKey(cancellation);
        while (key is { } pressed && !answers.Contains(pressed, StringComparison.Ordinal));
        await Error.WriteLineAsync();
        return key;
    }

    /// <summary>A console without colours, of the given width.</summary>
    public static IAnsiConsole Plain(TextWriter writer, int width = UnboundedWidth)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        return console;
    }

    private static IAnsiConsole Write(TextWriter output, bool isRedirected) =>
        isRedirected ? Plain(output) : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

    /// <summary>Polls for a key instead of blocking in a read, which could not be cancelled.</summary>
    private static async Task<char?> ReadConsoleKey(TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            while (!System.Console.KeyAvailable)
                await Task.Delay(_glance, clock, cancellation);
            return char.ToLowerInvariant(System.Console.ReadKey(intercept: true).KeyChar);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
