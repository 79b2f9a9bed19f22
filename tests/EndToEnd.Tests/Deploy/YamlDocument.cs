using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Siamese.EndToEnd.Tests.Deploy;

/// <summary>A YAML file of deploy/, with its anchors resolved.</summary>
internal sealed class YamlDocument(object node)
{
    public static YamlDocument Read(params string[] path)
    {
        using var text = new StringReader(DeployTests.Read(path));
        return new(new DeserializerBuilder().Build().Deserialize<object>(new MergingParser(new Parser(text))));
    }

    public string Text => (string)node;

    public IEnumerable<YamlDocument> Items => ((List<object>)node).Select(item => new YamlDocument(item));

    public IEnumerable<string> Keys => ((Dictionary<object, object>)node).Keys.Cast<string>();

    /// <summary>The node at the end of this path of names.</summary>
    public YamlDocument this[params string[] names] =>
        new(names.Aggregate(node, (below, name) => below is Dictionary<object, object> map && map.TryGetValue(name, out var value)
            ? value
            : throw new KeyNotFoundException($"There is no {string.Join('.', names)}: {name} is missing.")));
}
