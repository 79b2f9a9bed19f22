using System.Runtime.InteropServices;
using System.Text.Json;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Exchange;
using Siamese.Grains.Exchange;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Distances;
using Siamese.Model.Ensembles;
using Siamese.Model.Exchange;
using Siamese.Model.Networks;
using Siamese.Testing.Python;

namespace Siamese.Grains.Tests.Exchange;

/// <summary>What PyTorch computes from an exported folder with the loader in it.</summary>
public sealed class PytorchLoaderTests : IDisposable
{
    private const double Tolerance = 1e-5;

    private const string Script =
        """
        import json, pathlib, sys
        import torch
        sys.path.insert(0, sys.argv[1])
        from siamese_ensemble import Ensemble
        ensemble = Ensemble(sys.argv[1])
        pixels = {}
        for member in ensemble.members:
            data = bytearray(pathlib.Path(sys.argv[1], f"{member.trial}.raw").read_bytes())
            if member.points is None and member.features is None:
                pixels[member.trial] = torch.frombuffer(data, dtype=torch.uint8).reshape(-1, *member.input) / 255
            else:
                pixels[member.trial] = torch.frombuffer(data, dtype=torch.float32).reshape(-1, *member.input)
        pair = [{trial: its[i:i + 1] for trial, its in pixels.items()} for i in (0, 1)]
        embeddings = {member.trial: member.embed(pixels[member.trial]).flatten().tolist() for member in ensemble.members}
        isotonic = ensemble.judge(*pair, prior=0.1)
        ensemble.isotonic = None
        print(json.dumps({"embeddings": embeddings, "isotonic": isotonic, "platt": ensemble.judge(*pair)}))
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-pytorch-").FullName;
    private readonly SomeMembers _members = SomeMembers.Of(SomeMembers.Kinds);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [PytorchFact]
    public void Embeddings_distances_probabilities_and_answers_are_the_same_in_pytorch_for_every_encoder_and_distance()
    {
        WriteFolder();

        using var printed = JsonDocument.Parse(PytorchPython.Run(Script, _folder));

        var distances = new List<float>();
        foreach (var spec in _members.Specs)
        {
            var encoder = _members.Load(spec);
            var embeddings = encoder.Embed(Images(encoder.Input));
            var theirs = printed.RootElement.GetProperty("embeddings").GetProperty(spec.Id).EnumerateArray().Select(number => number.GetDouble()).ToArray();
            Assert.Equal(embeddings.Length, theirs.Length);
            Assert.All(embeddings.Zip(theirs), two => Assert.Equal(two.First, two.Second, Tolerance));
            var width = encoder.EmbeddingSize;
            distances.Add(Distance.Of(spec.Hyperparameters).Between(embeddings.AsSpan(0, width), embeddings.AsSpan(width, width)));
        }

        AssertAlike(EnsembleVerdict.Judge(_members.Ensemble, distances.ToArray(), new() { Prior = 0.1 }), printed.RootElement.GetProperty("isotonic"));
        AssertAlike(EnsembleVerdict.Judge(_members.Ensemble with { Isotonic = null }, distances.ToArray(), VerdictTerms.Default), printed.RootElement.GetProperty("platt"));
    }

    [PytorchFact]
    public void A_file_that_changed_since_the_export_is_not_loaded()
    {
        WriteFolder();
        var path = Path.Combine(_folder, Packing.WeightsPath(_members.Specs[0].Id));
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);

        var said = PytorchPython.Run(
            """
            import sys
            sys.path.insert(0, sys.argv[1])
            from siamese_ensemble import Ensemble
            try:
                Ensemble(sys.argv[1])
            except ValueError as problem:
                print(problem)
            """,
            _folder);

        Assert.Contains($"{_members.Specs[0].Id}.safetensors has changed since the export", said, StringComparison.Ordinal);
    }

    private static void AssertAlike(Judgement ours, JsonElement theirs)
    {
        Assert.Equal(ours.Distance, theirs.GetProperty("distance").GetDouble(), Tolerance);
        Assert.Equal(ours.Probability, theirs.GetProperty("probability").GetDouble(), Tolerance);
        Assert.Equal(Contracts.Tuning.Words.Of(ours.Answer), theirs.GetProperty("answer").GetString());
    }

    private void WriteFolder()
    {
        PackedFile[] files =
        [
            PackedFile.Of(ExportedCalibration.FileName, Packing.Calibration(_members.Ensemble).Write()),
            PackedFile.Of(PytorchLoader.FileName, PytorchLoader.Read()),
            .. _members.Specs.Select(spec => PackedFile.Of(Packing.WeightsPath(spec.Id), _members.Weights(spec.Id))),
        ];
        var manifest = Packing.Manifest(new(_members.Ensemble, null), files.Select(file => file.File));
        Directory.CreateDirectory(Path.Combine(_folder, "weights"));
        foreach (var file in files.Append(PackedFile.Of(ExportManifest.FileName, manifest.Write())))
            File.WriteAllBytes(Path.Combine(_folder, file.File.Path), file.Bytes!);
        foreach (var spec in _members.Specs)
            File.WriteAllBytes(Path.Combine(_folder, $"{spec.Id}.raw"), [.. Images(Encoders.InputOf(spec.Hyperparameters)).SelectMany(image => image.ToArray())]);
    }

    /// <summary>Two images of noise, two pens that wander at random, or two vectors.</summary>
    private static ReadOnlyMemory<byte>[] Images(InputShape input) => input switch
    {
        StrokeShape strokes => [Some.Strokes(strokes, 1), Some.Strokes(strokes, 2)],
        VectorShape vectors => [Vector(vectors, 0.3), Vector(vectors, 0.7)],
        _ => [Some.Bytes(input.Bytes), Some.Bytes(input.Bytes + 1).AsMemory(1)],
    };

    private static ReadOnlyMemory<byte> Vector(VectorShape shape, double step) =>
        MemoryMarshal.AsBytes<float>(Enumerable.Range(0, shape.Width).Select(i => (float)Math.Sin(step * i)).ToArray()).ToArray();
}
