using Microsoft.Extensions.Logging;

namespace Siamese.Grains.Data;

public sealed partial class DataCache
{
    [LoggerMessage(LogLevel.Information, "Fetched data set {Name} from the store: {Files} files, {Bytes} bytes")]
    private partial void LogFetched(string name, int files, long bytes);

    [LoggerMessage(LogLevel.Warning, "The cached data set {Name} is corrupt at {Path}; fetching it again")]
    private partial void LogBroken(string name, string path);

    [LoggerMessage(LogLevel.Information, "Removed data set {Name} from the cache to make room: {Bytes} bytes")]
    private partial void LogRemoved(string name, long bytes);
}
