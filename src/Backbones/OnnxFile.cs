using System.Text;
using Google.Protobuf;
using Siamese.Contracts;

namespace Siamese.Backbones;

/// <summary>
/// What a file in the format of ONNX says about its graph, read without running anything. Field numbers are those of the format's
/// public definition (onnx.ai, `onnx.proto`).
/// </summary>
internal sealed class OnnxFile
{
    private const int Graph = 7, MetadataProperties = 14, Functions = 25; // of a model
    private const int Node = 1, Initializer = 5, Input = 11, Output = 12, SparseInitializer = 15; // of a graph
    private const int FunctionNode = 7; // of a function
    private const int NodeOutput = 2, NodeName = 3, NodeAttribute = 5; // of a node
    private const int TensorName = 8, TensorExternalData = 13, TensorLocation = 14; // of a tensor
    private const int AttributeTensor = 5, AttributeGraph = 6, AttributeTensors = 10, AttributeGraphs = 11, AttributeSparse = 22, AttributeSparses = 23; // of an attribute

    /// <summary>Graphs within graphs.</summary>
    private const int Deepest = 16;

    private readonly byte[] _bytes;
    private readonly string _name;
    private readonly WireField _graph;
    private readonly Dictionary<string, string> _metadata = [];
    private readonly List<(string Name, string[] Outputs)> _nodes = [];
    private readonly List<OnnxValue> _inputs = [];
    private readonly List<string> _outputs = [];

    private OnnxFile(byte[] bytes, string name)
    {
        (_bytes, _name) = (bytes, name);
        foreach (var field in Fields(0, bytes.Length))
        {
            switch (field.Number)
            {
                case Graph:
                    _graph = field;
                    break;
                case MetadataProperties:
                    var pair = Fields(field).Where(part => part.Number is 1 or 2).ToDictionary(part => part.Number, Text);
                    _metadata[pair.GetValueOrDefault(1, "")] = pair.GetValueOrDefault(2, "");
                    break;
                case Functions:
                    foreach (var node in Fields(field).Where(part => part.Number == FunctionNode))
                        CheckNode(node, depth: 1);
                    break;
            }
        }

        if (_graph.Length == 0)
            throw NotOne("it has no graph");
        ReadGraph();
    }

    /// <summary>Its metadata, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>What the graph takes, without weights.</summary>
    public IReadOnlyList<OnnxValue> Inputs => _inputs;

    /// <summary>Names of what it returns.</summary>
    public IReadOnlyList<string> Outputs => _outputs;

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BadInputException">It is not in the format, or keeps weights in other files.</exception>
    public static OnnxFile Read(byte[] bytes, string name)
    {
        try
        {
            return new(bytes, name);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException or ArgumentException)
        {
            throw new BadInputException($"{name} is not a network in the format of ONNX: {e.Message.TrimEnd('.')}. Export it again.");
        }
    }

    /// <summary>The tensor with a name, or the first output of the node with it; null if there is none.</summary>
    public string? Find(string layer) =>
        _outputs.Contains(layer) || _nodes.Any(node => node.Outputs.Contains(layer)) ? layer
        : _nodes.FirstOrDefault(node => node.Name == layer && node.Outputs.Length > 0).Outputs?[0];

    /// <summary>Names of the last tensors that it computes, the last one first.</summary>
    public IEnumerable<string> LastLayers(int count) => _nodes.SelectMany(node => node.Outputs).Reverse().Distinct().Take(count);

    /// <summary>The file with one tensor as the only output of its graph.</summary>
    public byte[] With(string output)
    {
        if (_outputs is [var only] && only == output)
            return _bytes;
        var name = Encoding.UTF8.GetBytes(output);
        var value = Message(1, name); // a value with a name, whose type follows from the graph
        var added = Message(Output, value);
        WireField[] kept = [.. Fields(_graph).Where(field => field.Number != Output)];
        var length = kept.Sum(field => field.End - field.Whole) + added.Length;
        using var file = new MemoryStream(_bytes.Length + added.Length + 16);
        file.Write(_bytes, 0, _graph.Whole);
        using (var writer = new CodedOutputStream(file, leaveOpen: true))
        {
            writer.WriteTag(Graph, WireFormat.WireType.LengthDelimited);
            writer.WriteLength(length);
        }

        foreach (var field in kept)
            file.Write(_bytes, field.Whole, field.End - field.Whole);
        file.Write(added);
        file.Write(_bytes, _graph.End, _bytes.Length - _graph.End);
        return file.ToArray();
    }

    private void ReadGraph()
    {
        var weights = new HashSet<string>();
        var inputs = new List<WireField>();
        foreach (var field in Fields(_graph))
        {
            switch (field.Number)
            {
                case Node:
                    ReadNode(field);
                    break;
                case Initializer:
                    CheckTensor(field);
                    if (Fields(field).FirstOrDefault(part => part.Number == TensorName) is { Length: > 0 } name)
                        weights.Add(Text(name));
                    break;
                case SparseInitializer:
                    CheckSparse(field);
                    break;
                case Input:
                    inputs.Add(field);
                    break;
                case Output:
                    _outputs.Add(OnnxValue.Read(_bytes, field).Name);
                    break;
            }
        }

        // In early versions of the format, weights are inputs too.
        _inputs.AddRange(inputs.Select(field => OnnxValue.Read(_bytes, field)).Where(input => !weights.Contains(input.Name)));
    }

    private void ReadNode(WireField node)
    {
        CheckNode(node, depth: 1);
        WireField[] fields = [.. Fields(node)];
        var name = fields.FirstOrDefault(field => field.Number == NodeName) is { Length: > 0 } named ? Text(named) : "";
        _nodes.Add((name, [.. fields.Where(field => field.Number == NodeOutput && field.Length > 0).Select(Text)]));
    }

    /// <summary>Looks for weights in other files in the attributes of a node, and in the graphs among them.</summary>
    private void CheckNode(WireField node, int depth)
    {
        if (depth > Deepest)
            throw NotOne("its graphs are nested too deeply");
        foreach (var part in Fields(node).Where(field => field.Number == NodeAttribute).SelectMany(Fields))
        {
            switch (part.Number)
            {
                case AttributeTensor or AttributeTensors:
                    CheckTensor(part);
                    break;
                case AttributeSparse or AttributeSparses:
                    CheckSparse(part);
                    break;
                case AttributeGraph or AttributeGraphs:
                    CheckGraph(part, depth);
                    break;
            }
        }
    }

    private void CheckGraph(WireField graph, int depth)
    {
        foreach (var field in Fields(graph))
        {
            if (field.Number == Node)
                CheckNode(field, depth + 1);
            else if (field.Number == Initializer)
                CheckTensor(field);
            else if (field.Number == SparseInitializer)
                CheckSparse(field);
        }
    }

    /// <summary>Its values and its indices are tensors.</summary>
    private void CheckSparse(WireField sparse)
    {
        foreach (var tensor in Fields(sparse).Where(field => field.Number is 1 or 2))
            CheckTensor(tensor);
    }

    private void CheckTensor(WireField tensor)
    {
        if (Fields(tensor).Any(field => field.Number == TensorExternalData || (field.Number == TensorLocation && field.Value != 0)))
            throw new BadInputException($"{_name} keeps weights in other files, which are not read. Save it with all weights inside (in Python: onnx.save(onnx.load(PATH), NEW), or save_as_external_data=False).");
    }

    private static byte[] Message(int number, byte[] content)
    {
        using var message = new MemoryStream();
        using (var writer = new CodedOutputStream(message, leaveOpen: true))
        {
            writer.WriteTag(number, WireFormat.WireType.LengthDelimited);
            writer.WriteBytes(ByteString.CopyFrom(content));
        }

        return message.ToArray();
    }

    private string Text(WireField field) => Encoding.UTF8.GetString(_bytes, field.Start, field.Length);

    private IEnumerable<WireField> Fields(WireField message) => WireField.Of(_bytes, message.Start, message.Length);

    private IEnumerable<WireField> Fields(int start, int length) => WireField.Of(_bytes, start, length);

    private static InvalidDataException NotOne(string why) => new(why);
}
