package dev.voxlog.testkit.twilio;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// A TwiML document as the verbs to be carried out in order.
public record Twiml(List<Verb> verbs) {
  public Twiml {
    verbs = List.copyOf(verbs);
  }

  /// One instruction.
  public sealed interface Verb {}

  public record Connect(String url, Map<String, String> parameters) implements Verb {}

  public record Dial(String number) implements Verb {}

  public record Redirect(String url) implements Verb {}

  public record Hangup() implements Verb {}

  /// A verb this caller passes over.
  public record Other(String name) implements Verb {}

  /// @throws IOException if it is not TwiML
  public static Twiml parse(String xml) throws IOException {
    Element root = root(xml);
    if (!root.getTagName().equals("Response")) {
      throw new IOException("TwiML begins with <Response>, not <" + root.getTagName() + ">");
    }
    List<Verb> verbs = new ArrayList<>();
    for (Element element : children(root)) {
      verbs.add(verb(element));
    }
    return new Twiml(verbs);
  }

  private static Element root(String xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException("not well-formed TwiML: " + e.getMessage(), e);
    }
  }

  private static Verb verb(Element element) throws IOException {
    return switch (element.getTagName()) {
      case "Connect" -> connect(element);
      case "Dial" -> new Dial(element.getTextContent().trim());
      case "Redirect" -> new Redirect(element.getTextContent().trim());
      case "Hangup" -> new Hangup();
      default -> new Other(element.getTagName());
    };
  }

  private static Verb connect(Element connect) throws IOException {
    for (Element stream : children(connect)) {
      if (stream.getTagName().equals("Stream")) {
        String url = stream.getAttribute("url");
        if (url.contains("?")) {
          throw new IOException("error 31920: a stream's URL has no query string; use <Parameter>");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Element parameter : children(stream)) {
          parameters.put(parameter.getAttribute("name"), parameter.getAttribute("value"));
        }
        return new Connect(url, parameters);
      }
    }
    return new Other("Connect");
  }

  private static List<Element> children(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  /// The verbs' names, for a timeline.
  String summary() {
    return String.join(", ", verbs.stream().map(verb -> verb.getClass().getSimpleName()).toList());
  }
}
